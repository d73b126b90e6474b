using Tongxin.Rosters;

// solve INSTANCE.txt [--seconds N | --steps N] [--seed N] [--out FILE] [--cpu] [--trace], or bench DIR [--seconds N] [--seeds N]
try
{
    return args switch
    {
        ["solve", var file, .. var rest] => await SolveCommand.RunAsync(file, Arguments.Read(rest)),
        ["bench", var folder, .. var rest] => await BenchCommand.RunAsync(folder, Arguments.Read(rest)),
        ["make", var file, .. var rest] => await MakeCommand.RunAsync(file, Arguments.Read(rest)),
        _ => throw new UsageException("usage: ./do roster solve INSTANCE.txt [--seconds 60] [--seed 1] [--out ROSTER.csv], or ./do bench rosters DIR [--seconds 60] [--seeds 1]"),
    };
}
catch (Exception e) when (e is UsageException or InstanceException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
