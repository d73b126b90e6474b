using Tongxin.Benchmarks.Harness;
using Tongxin.Benchmarks.Import;
using Tongxin.Benchmarks.Scans;

// bench [NAME...] [--write]: without a name all of them. The last line of each is one JSON object.
// one-import FILE SETTINGS... is this program as its own child: see OneImport.
// empty-post ADDRESS likewise: see EmptyPost.
return args switch
{
    ["one-import", var file, .. var settings] => await OneImport.RunAsync(file, settings),
    [EmptyPost.Verb, var address] => await EmptyPost.ServeAsync(address),
    _ => await Runner.RunAsync(args),
};
