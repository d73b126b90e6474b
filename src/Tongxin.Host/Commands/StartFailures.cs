using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Npgsql;
using Tongxin.Platform;

namespace Tongxin.Host.Commands;

/// <summary>One line for what an operator can mend, with the remedy; the type for what only we can.</summary>
internal static class StartFailures
{
    public static string Explain(Exception failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (Known(e) is { } line) return line;
        }
        return $"{OneLine(failure)} ({failure.GetType().Name}). Remedy: run again with TONGXIN_TRACE=1 and report what it shows.";
    }

    private static string? Known(Exception failure) => failure switch
    {
        StartException known => known.Message,
        AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } =>
            "The address is in use by another program. Remedy: stop it, or choose another with --urls=http://127.0.0.1:5081",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            "This user may not listen on that port. Remedy: use a port above 1023 behind a reverse proxy.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "The PostgreSQL database does not exist. Remedy: createdb, as docs/runbook.md says.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            "PostgreSQL refuses the user or the password. Remedy: correct Tongxin:Connection.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => "The PostgreSQL user may not do this. Remedy: make it the owner of the database.",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "The disk of PostgreSQL is full. Remedy: make room; nothing that was saved is lost.",
        NpgsqlException => "PostgreSQL does not answer. Remedy: start it, or correct Tongxin:Connection.",
        SqliteException { SqliteErrorCode: 13 } => "The disk is full. Remedy: make room; nothing that was saved is lost.",
        SqliteException { SqliteErrorCode: 14 } => "The database file cannot be opened. Remedy: check Tongxin:Data and the rights of its folder.",
        SqliteException { SqliteErrorCode: 8 } => "The database file is read-only for this user. Remedy: chown the data folder to the user of the service.",
        SqliteException { SqliteErrorCode: 5 } => "The database is locked by another process. Remedy: stop it; SQLite serves one process only.",
        SqliteException { SqliteErrorCode: 11 or 26 } => "The database file is damaged or none. Remedy: restore a backup, as docs/runbook.md says.",
        UnauthorizedAccessException => $"{OneLine(failure)} Remedy: chown the data folder to the user of the service.",
        _ => null,
    };

    private static string OneLine(Exception failure) => failure.Message.ReplaceLineEndings(" ").Trim();
}
