using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Statements.Data;

/// <summary>检测日报: the figures of a round at an instant, signed. Never changed; what became known later is in the next one.</summary>
internal sealed class Statement
{
    private Statement() { }

    public Guid Id { get; private set; }
    public Guid RoundId { get; private set; }

    /// <summary>1 and up in its round.</summary>
    public int Number { get; private set; }

    /// <summary>The campus day of <see cref="AsOf"/>.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>Facts received up to here are in the figures; also when it was signed.</summary>
    public DateTimeOffset AsOf { get; private set; }
    public Guid SignedBy { get; private set; }

    /// <summary>As the account was called then: a signature keeps its name.</summary>
    public string SignedName { get; private set; } = "";

    /// <summary>The figures, as JSON.</summary>
    public string Body { get; private set; } = "";

    /// <summary>SHA-256 over everything above, in hex: tells that a row was changed behind the product's back.</summary>
    public string Digest { get; private set; } = "";

    /// <summary>Whether it is as it was signed.</summary>
    public bool IsIntact => Digest == DigestOf(this);

    public static Statement Sign(Guid round, int number, StatementFigures figures, DateTimeOffset asOf, Guid by, string name)
    {
        var statement = new Statement
        {
            Id = Ids.New(),
            RoundId = round,
            Number = number,
            Day = CampusCalendar.DayOf(asOf),
            AsOf = asOf,
            SignedBy = by,
            SignedName = name,
            Body = JsonSerializer.Serialize(figures, JsonSerializerOptions.Web),
        };
        statement.Digest = DigestOf(statement);
        return statement;
    }

    public StatementFigures Read() => JsonSerializer.Deserialize<StatementFigures>(Body, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("A statement has figures.");

    public static void Configure(ModelBuilder model) => model.Entity<Statement>(e =>
    {
        e.ToTable("screening_statements");
        e.Ignore(s => s.IsIntact);
        e.HasIndex(s => new { s.RoundId, s.Number }).IsUnique();
        e.HasOne<TestingRound>().WithMany().HasForeignKey(s => s.RoundId).OnDelete(DeleteBehavior.Restrict);
    });

    private static string DigestOf(Statement s) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{s.RoundId:N}|{s.Number}|{s.Day:yyyy-MM-dd}|{s.AsOf.UtcTicks}|{s.SignedBy:N}|{s.SignedName}|{s.Body}"))));
}
