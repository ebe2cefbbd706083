// A script that one thread has just written can not be started while another thread starts a process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
