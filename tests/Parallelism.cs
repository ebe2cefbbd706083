// Live tensors are counted per process, so tests that count them must not run at the same time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
