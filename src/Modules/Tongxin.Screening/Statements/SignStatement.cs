using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Statements.Data;

namespace Tongxin.Screening.Statements;

/// <summary>A statement as its page shows it.</summary>
/// <param name="Signed">Null: the figures of this moment, not signed.</param>
/// <param name="Checked">Of a signed one, when asked for; null: not asked for, the figures are as they were frozen.</param>
internal sealed record StatementSight(TestingView View, StatementFigures Figures, Statement? Signed, StatementCheck? Checked, IReadOnlyList<Statement> All);

/// <summary>A signed statement against the facts.</summary>
/// <param name="Differences">Against the same instant rebuilt from the facts: empty, or something is wrong.</param>
/// <param name="Since">Against now: what became known later.</param>
internal sealed record StatementCheck(IReadOnlyList<StatementDifference> Differences, IReadOnlyList<StatementDifference> Since);

/// <summary>Signs the figures of a round, and reads what was signed. For who reaches the whole round only: figures of a part are on the board.</summary>
internal sealed class SignStatement(TongxinDb db, ReadTesting testing, IRounds rounds, BuildStatement build, TimeProvider clock)
{
    /// <param name="number">The number that the form showed: the same form sent twice signs once.</param>
    public async Task<Result> ExecuteAsync(Guid round, int number, Actor actor, CancellationToken ct)
    {
        if (await WholeAsync(round, StatementPermissions.Sign, actor, ct) is null) return StatementErrors.NotFound;
        if (number != await db.Set<Statement>().CountAsync(s => s.RoundId == round, ct) + 1) return StatementErrors.Signed;
        var asOf = await SettledAsync(round, ct);
        var figures = await build.AsOfAsync(round, asOf, ct);
        if (!figures.IsBalanced) return StatementErrors.Unbalanced;
        var statement = Statement.Sign(round, number, figures, asOf, actor.AccountId, actor.Name);
        db.Add(statement);
        db.Record(actor, "screening.statement.signed", "round", round, details: new
        {
            number,
            statement.Digest,
            targets = figures.Of(StatementKeys.Targets),
            done = figures.Of(StatementKeys.Done),
            excused = figures.Of(StatementKeys.Excused),
        });
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            db.Forget();
            return StatementErrors.Signed;
        }
    }

    /// <summary>
    /// One that was signed, as it was frozen, or, without a number, the figures of this moment. Null: not there for the actor. To rebuild
    /// figures is to fold every fact of the round: a signed one is held against them only when that is asked for.
    /// </summary>
    public async Task<StatementSight?> FindAsync(Guid round, int? number, Actor actor, CancellationToken ct, bool isChecked = false)
    {
        if (await WholeAsync(round, StatementPermissions.Read, actor, ct) is not { } view) return null;
        var all = await db.Set<Statement>().AsNoTracking().Where(s => s.RoundId == round).OrderByDescending(s => s.Number).ToListAsync(ct);
        if (number is not { } asked) return new StatementSight(view, await build.AsOfAsync(round, Now(), ct), null, null, all);
        if (all.Find(s => s.Number == asked) is not { } signed) return null;
        var figures = signed.Read();
        return new StatementSight(view, figures, signed, isChecked ? await CheckAsync(signed, figures, ct) : null, all);
    }

    private async Task<StatementCheck> CheckAsync(Statement signed, StatementFigures figures, CancellationToken ct) => new(
        figures.Against(await build.AsOfAsync(signed.RoundId, signed.AsOf, ct)), figures.Against(await build.AsOfAsync(signed.RoundId, Now(), ct)));

    private async Task<TestingView?> WholeAsync(Guid round, string permission, Actor actor, CancellationToken ct) =>
        await rounds.WholeAsync(round, permission, actor, ct) is null ? null : await testing.FindAsync(round, actor, ct, permission);

    /// <summary>An instant by which everything stamped earlier is there: whoever was writing has finished, and whoever waited is stamped later.</summary>
    private async Task<DateTimeOffset> SettledAsync(Guid round, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await RoundTurn.HoldAsync(db, round, ct);
        return RoundTurn.Stamp(clock);
    }

    /// <summary>Whole microseconds: what both databases keep, so that the same facts lie before it when it is read back.</summary>
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return new DateTimeOffset(now.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
    }
}
