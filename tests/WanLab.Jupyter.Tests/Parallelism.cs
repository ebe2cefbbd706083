// Cells find their output by a static of this process, and the console is one for all.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
