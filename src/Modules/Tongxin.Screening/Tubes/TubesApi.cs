using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;

namespace Tongxin.Screening.Tubes;

/// <summary>A batch of facts from a table's outbox, in the order they happened.</summary>
internal sealed record TubesRequest(IReadOnlyList<TubeMessage?>? Facts);

/// <summary>One fact. Words, not numbers, so that an older server refuses a new word instead of misreading it.</summary>
/// <param name="Id">Version-7 id made on the device; a retry carries the same.</param>
/// <param name="Tube">The code printed on the tube.</param>
/// <param name="Kind">Opened, Sampled, Closed, Boxed, Voided or Withdrawn.</param>
/// <param name="SeenAt">The device's clock, with offset.</param>
/// <param name="Ask">The table waits for the answer before it goes on: what the rules forbid is refused instead of kept and flagged.</param>
/// <param name="Purpose">Opened: Round (default), Household or Recheck.</param>
/// <param name="Size">Opened: k.</param>
/// <param name="Site">Opened: the site; null at a home.</param>
/// <param name="Table">Opened: the table; null at a home.</param>
/// <param name="Sampler">Opened: the person who takes the swabs.</param>
/// <param name="RecheckOf">Opened for a recheck: the tube that asked for it.</param>
/// <param name="Person">Sampled: the person.</param>
/// <param name="Members">Closed: people in the tube.</param>
/// <param name="Box">Boxed: the box.</param>
/// <param name="Corrects">Withdrawn: the fact that never happened, before closing.</param>
internal sealed record TubeMessage(
    Guid Id, Guid Round, string? Tube, string? Kind, DateTimeOffset? SeenAt, bool? Ask, string? Purpose, int? Size, Guid? Site, Guid? Table, Guid? Sampler,
    string? RecheckOf, Guid? Person, int? Members, string? Box, Guid? Corrects, string? Reason);

/// <summary>One verdict per fact in the order sent, and the tubes as they stand now.</summary>
internal sealed record TubesAnswer(IReadOnlyList<TubeResultMessage> Results, IReadOnlyList<TubeStateMessage> Tubes);

/// <param name="Verdict">"recorded", "duplicate" or "refused".</param>
/// <param name="Code">Stable code of the refusal.</param>
/// <param name="Reason">The refusal in the reader's language.</param>
/// <param name="Warnings">What is odd about a fact that was kept.</param>
internal sealed record TubeResultMessage(Guid Id, string Verdict, string? Code, string? Reason, IReadOnlyList<TubeWarning> Warnings);

/// <summary>Something odd about a fact that was kept.</summary>
internal sealed record TubeWarning(string Code, string Text);

/// <summary>A tube for the table's screen.</summary>
internal sealed record TubeStateMessage(string Tube, string Stage, int Size, int Members, bool Quarantined, bool InDoubt);

/// <summary>POST /api/v1/screening/tubes: answers after the commit; what was answered "recorded" is on the disk.</summary>
internal static class TubesApi
{
    /// <summary>The most that one request may carry.</summary>
    public const int MostItems = 500;

    private const int MostText = 200;

    // Refused ones come back spread over these seconds, not all at once.
    private const int SoonestSeconds = 1, LatestSeconds = 8;

    private static readonly TubeFactKind[] OfTables =
        [TubeFactKind.Opened, TubeFactKind.Sampled, TubeFactKind.Closed, TubeFactKind.Boxed, TubeFactKind.Voided, TubeFactKind.Withdrawn];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/screening/tubes", PostAsync).Needs(TubePermissions.Take)
            .WithName("RecordTubes").WithTags("screening")
            .WithSummary("Records what happened to tubes at a table.")
            .WithDescription("Idempotent by the fact's id. Each fact is answered: recorded (with warnings), duplicate, or refused with code and reason. With \"ask\" the rules refuse what they forbid; without it, what has happened is kept and flagged. The answer leaves after the commit; 503 with Retry-After: come again.")
            .Accepts<TubesRequest>("application/json")
            .Produces<TubesAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapPost("/api/v1/screening/tubes/reconcile", ReconcileAsync).Needs(TubePermissions.Take)
            .WithName("ReconcileTubes").WithTags("screening")
            .WithSummary("Compares the tubes on a table with those in the system, before they are packed.")
            .Accepts<ReconcileRequest>("application/json")
            .Produces<ReconcileAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PostAsync(
        TubesRequest request, TubeDoor door, ICurrentActor current, ErrorCatalogue texts, HttpContext http, CancellationToken ct)
    {
        if (await current.GetAsync(ct) is not { } actor) return TypedResults.NotFound();
        var messages = request.Facts ?? [];
        if (messages.Count > MostItems) return ((Result)TubeErrors.TooMany(MostItems)).ToHttp();

        var read = messages.Select(m => Read(m, actor)).ToList();
        IReadOnlyList<TubeItem> good = [.. read.Where(r => !r.IsFailure).Select(r => r.Value)];
        if (await door.WriteAsync(good, actor, ct) is not { } written) return Later(http, texts);

        var answers = new Queue<TubeAnswer>(written.Answers);
        return TypedResults.Ok(new TubesAnswer(
            [.. messages.Zip(read).Select(pair => Say(pair.Second.IsFailure ? TubeAnswer.Refuse(pair.First?.Id ?? Guid.Empty, pair.Second.Error) : answers.Dequeue(), texts))],
            [.. written.Tubes.Select(t => new TubeStateMessage(t.Code, t.Stage.ToString(), t.Size, t.Members.Count, t.IsCollided, t.IsInDoubt))]));
    }

    private static async Task<IResult> ReconcileAsync(ReconcileRequest request, Reconcile reconcile, ICurrentActor current, CancellationToken ct) =>
        await current.GetAsync(ct) is { } actor ? (await reconcile.ExecuteAsync(request, actor, ct)).ToHttp() : TypedResults.NotFound();

    private static ProblemHttpResult Later(HttpContext http, ErrorCatalogue texts)
    {
        http.Response.Headers.RetryAfter = RandomNumberGenerator.GetInt32(SoonestSeconds, LatestSeconds + 1).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(
            title: texts.Say(TubeErrors.Busy), statusCode: StatusCodes.Status503ServiceUnavailable, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = TubeErrors.Busy.Code });
    }

    private static TubeResultMessage Say(TubeAnswer answer, ErrorCatalogue texts) => new(
        answer.Id, answer.Verdict.ToString().ToLowerInvariant(), answer.Error?.Code, answer.Error is { } error ? texts.Say(error) : null,
        [.. answer.Warnings.Select(w => new TubeWarning(w.Code, texts.Say(w)))]);

    private static Result<TubeItem> Read(TubeMessage? m, Actor actor)
    {
        if (m is null) return TubeErrors.Field("facts");
        if (!Word<TubeFactKind>(m.Kind, out var kind) || !OfTables.Contains(kind)) return TubeErrors.Field("kind");
        if (!Word<TubePurpose>(m.Purpose ?? nameof(TubePurpose.Round), out var purpose)) return TubeErrors.Field("purpose");
        if (m.SeenAt is not { } seen) return TubeErrors.Field("seenAt");
        if (m.Reason?.Length > MostText) return TubeErrors.Field("reason");
        var (isOpened, isSampled) = (kind == TubeFactKind.Opened, kind == TubeFactKind.Sampled);
        return new TubeItem(
            new TubeFact(m.Id, m.Round, m.Tube ?? "", kind, seen, seen)
            {
                DeviceId = actor.DeviceId,
                By = actor.PersonId ?? actor.AccountId,
                Corrects = m.Corrects,
                Purpose = isOpened ? purpose : default,
                Size = isOpened ? m.Size ?? 0 : 0,
                SiteId = isOpened ? m.Site : null,
                TableId = isOpened ? m.Table : null,
                SamplerId = isOpened ? m.Sampler : null,
                RecheckOf = isOpened && m.RecheckOf is not null ? TubeCode.Read(m.RecheckOf) : null,
                PersonId = isSampled ? m.Person : null,
                Members = kind == TubeFactKind.Closed ? m.Members : null,
                BoxCode = kind == TubeFactKind.Boxed ? TubeCode.Read(m.Box) : null,
                Reason = string.IsNullOrWhiteSpace(m.Reason) ? null : m.Reason.Trim(),
            },
            m.Ask == true);
    }

    private static bool Word<T>(string? word, out T value) where T : struct, Enum
    {
        value = default;
        return word is { Length: > 0 } && char.IsLetter(word[0]) && Enum.TryParse(word, ignoreCase: true, out value) && Enum.IsDefined(value);
    }
}
