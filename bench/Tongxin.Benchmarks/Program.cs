using Tongxin.Benchmarks.Harness;
using Tongxin.Benchmarks.Import;

// bench [NAME...] [--write]: without a name all of them. The last line of each is one JSON object.
// one-import FILE SETTINGS... is this program as its own child: see OneImport.
return args is ["one-import", var file, .. var settings]
    ? await OneImport.RunAsync(file, settings)
    : await Runner.RunAsync(args);
