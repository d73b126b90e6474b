namespace Tongxin.Host.Commands;

internal static class HelpCommand
{
    private const string Text = """
        tongxin VERB [--Setting=value ...]

          run                      migrate, then serve (the default)
          migrate                  bring the database up to date
          setup                    make the first accounts of a real installation, passwords said once
          seed                     put the demo places into an empty database
          import FILE [--complete] [--campus NAME]
                                   take a population workbook into the register, all or nothing;
                                   --complete: who lives in its buildings and is not in it has moved out
          backup FILE              write database, keys, files and a manifest into one archive
          restore FILE [--force]   put an archive back; --force replaces what is there
          verify                   check the journal's chain; exit code 1 when it is broken
          verify passes DIR        hold the reading of passes against published vectors (EU certificates, COSE, CBOR)
          rebuild                  compute what rounds show anew from what was reported; exit code 1 when the checker objects
          drill NAME [--people=N]  try mass testing with made-up people in a folder of its own; exit code 1 when something does not hold
                                   offline: campuses cut off for 40 h, then merged
                                   rush: ten times as many people for twenty minutes
                                   laboratory: a file with a wrong tube and two missing, then mended, then corrected
          help                     this text

        Settings, also as environment variables (Tongxin__Data=...):
          --Tongxin:Data=FOLDER               database file, keys, files (default: ./data)
          --Tongxin:Database=sqlite|postgres  (default: sqlite)
          --Tongxin:Connection=TEXT           PostgreSQL connection string, or path of the SQLite file
          --Tongxin:Demo=true                 fill an empty database with the demo places
          --Tongxin:DeviceLeaseHours=24       how long a phone may work without contact, 24 to 72
          --Tongxin:Otlp=URL                  send metrics there (or OTEL_EXPORTER_OTLP_ENDPOINT)
          --urls=http://127.0.0.1:5080        where to listen

        Exit codes: 0 well, 1 failed, 2 misuse. TONGXIN_TRACE=1 shows where a failure came from.
        """;

    public static int Run(TextWriter output)
    {
        output.WriteLine(Text);
        return CommandLine.Well;
    }
}
