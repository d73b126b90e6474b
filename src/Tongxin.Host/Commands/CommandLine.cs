namespace Tongxin.Host.Commands;

/// <summary>The verbs of the program. Each says in one line what went wrong and what helps; 0 is well, 1 is not, 2 is misuse.</summary>
internal static class CommandLine
{
    public const int Well = 0;
    public const int Bad = 1;
    public const int Misuse = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var (verb, rest) = args is [{ } first, .. var others] && !first.StartsWith('-') ? (first, others) : ("run", args);
        try
        {
            return verb switch
            {
                "run" => await RunCommand.RunAsync(rest),
                "migrate" => await MigrateCommand.RunAsync(rest),
                "setup" => await SetupCommand.RunAsync(rest),
                "seed" => await SeedCommand.RunAsync(rest),
                "import" => await ImportCommand.RunAsync(rest),
                "backup" => await BackupCommand.RunAsync(rest),
                "restore" => await RestoreCommand.RunAsync(rest),
                "drill" => await DrillCommand.RunAsync(rest),
                "rebuild" => await RebuildCommand.RunAsync(rest),
                "verify" => await VerifyCommand.RunAsync(rest),
                "help" => HelpCommand.Run(Console.Out),
                _ => Unknown(verb),
            };
        }
        catch (Exception failure) when (Environment.GetEnvironmentVariable("TONGXIN_TRACE") is not "1")
        {
            await Console.Error.WriteLineAsync($"tongxin: {StartFailures.Explain(failure)}");
            return Bad;
        }
    }

    /// <summary>The program for a sub-command: all parts, no server, no log lines between its own.</summary>
    public static WebApplication BuildQuietly(string[] args, Action<WebApplicationBuilder>? adjust = null) => HostProgram.Build(args, builder =>
    {
        builder.Logging.ClearProviders();
        adjust?.Invoke(builder);
    });

    private static int Unknown(string verb)
    {
        Console.Error.WriteLine($"tongxin: unknown verb '{verb}'.");
        HelpCommand.Run(Console.Error);
        return Misuse;
    }
}
