using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Core.Text;
using Tongxin.Grid.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;

namespace Tongxin.Grid.RecordVisit;

/// <summary>A batch of facts from a device's outbox.</summary>
internal sealed record OutcomesRequest(IReadOnlyList<OutcomeMessage>? Outcomes);

/// <summary>One fact. Words, not numbers, so that an older server refuses a new word instead of misreading it.</summary>
/// <param name="Id">Version-7 id made on the device; a retry carries the same.</param>
/// <param name="Kind">Done, NotReached, Refused, Vacant, Excused or Withdrawn.</param>
/// <param name="Channel">Visit, Phone or Paper.</param>
/// <param name="SeenAt">The device's clock, with offset.</param>
internal sealed record OutcomeMessage(
    Guid Id, Guid Round, Guid Target, string? Kind, string? Channel, DateTimeOffset? SeenAt, Guid? Corrects, string? Reason, AnswersMessage? Answers);

/// <summary>What was answered at the door; null is not asked.</summary>
internal sealed record AnswersMessage(
    int? Residents, string? Use, IReadOnlyList<Guid>? MovedOut, string? NewPeople, IReadOnlyList<string>? Needs, string? LastTest, string? LastTestReason, string? Note);

/// <summary>One verdict per fact, in the order sent: all of them committed, or known before, or refused with a reason.</summary>
internal sealed record OutcomesAnswer(IReadOnlyList<OutcomeVerdict> Results);

/// <param name="Verdict">"recorded", "duplicate" or "refused".</param>
/// <param name="Code">Stable code of the refusal.</param>
/// <param name="Reason">The refusal in the reader's language.</param>
internal sealed record OutcomeVerdict(Guid Id, string Verdict, string? Code, string? Reason);

/// <summary>POST /api/v1/grid/outcomes: answers after the commit; what was answered "recorded" is on the disk.</summary>
internal static class OutcomesApi
{
    private const int MostText = 500;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/grid/outcomes", PostAsync).Needs(GridPermissions.RecordVisits)
            .WithName("RecordOutcomes").WithTags("grid")
            .WithSummary("Records outcomes of a round.")
            .WithDescription("Idempotent by the outcome's id. Each item is answered: recorded, duplicate, or refused with code and reason. The answer leaves after the commit.")
            .Accepts<OutcomesRequest>("application/json")
            .Produces<OutcomesAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> PostAsync(OutcomesRequest request, RecordOutcomes slice, ICurrentActor current, ErrorCatalogue texts, CancellationToken ct)
    {
        if (await current.GetAsync(ct) is not { } actor) return TypedResults.NotFound();
        var messages = request.Outcomes ?? [];
        if (messages.Count > RecordOutcomes.MostItems) return ((Result)GridErrors.BatchTooLarge(RecordOutcomes.MostItems)).ToHttp();

        var read = messages.Select(Read).ToList();
        var written = new Queue<ItemAnswer>(await slice.ExecuteAsync([.. read.Where(r => !r.IsFailure).Select(r => r.Value)], actor, ct));
        return TypedResults.Ok(new OutcomesAnswer([.. messages.Zip(read).Select(pair =>
        {
            var answer = pair.Second.IsFailure ? new ItemAnswer(pair.First.Id, ItemVerdict.Refused, pair.Second.Error) : written.Dequeue();
            return new OutcomeVerdict(answer.Id, answer.Verdict.ToString().ToLowerInvariant(), answer.Error?.Code, answer.Error is { } error ? texts.Say(error) : null);
        })]));
    }

    private static Result<OutcomeItem> Read(OutcomeMessage message)
    {
        if (!Word<OutcomeKind>(message.Kind, out var kind)) return GridErrors.FieldInvalid("kind");
        // A device speaks for helpers: what residents report of themselves has its own page.
        if (!Word<Channel>(message.Channel ?? nameof(Channel.Visit), out var channel) || channel == Channel.Online) return GridErrors.FieldInvalid("channel");
        if (message.Reason?.Length > MostText) return GridErrors.FieldInvalid("reason");
        var answers = Read(message.Answers);
        if (answers.IsFailure) return answers.Error;
        return new OutcomeItem(message.Id, message.Round, message.Target, kind, channel, message.SeenAt, message.Corrects, message.Reason, answers.Value.Detail);
    }

    private static Result<(VisitDetail? Detail, bool)> Read(AnswersMessage? answers)
    {
        if (answers is null) return (null, true);
        if (answers.Residents is < 0 or > 99) return GridErrors.FieldInvalid("residents");
        if (!Optional<HousingUse>(answers.Use, out var use)) return GridErrors.FieldInvalid("use");
        if (!Optional<LastTest>(answers.LastTest, out var test)) return GridErrors.FieldInvalid("lastTest");
        foreach (var text in (string?[])[answers.NewPeople, answers.LastTestReason, answers.Note])
            if (text?.Length > MostText) return GridErrors.FieldInvalid("answers");
        var needs = new List<VisitNeed>();
        foreach (var word in answers.Needs ?? [])
        {
            if (!Word<VisitNeed>(word, out var need)) return GridErrors.FieldInvalid("needs");
            needs.Add(need);
        }
        return (new VisitDetail
        {
            Residents = answers.Residents,
            Use = use,
            MovedOut = answers.MovedOut is { Count: > 0 } gone ? gone : null,
            NewPeople = answers.NewPeople,
            Needs = needs.Count == 0 ? null : needs,
            LastTest = test,
            LastTestReason = answers.LastTestReason,
            Note = answers.Note,
        }, true);
    }

    private static bool Optional<T>(string? word, out T? value) where T : struct, Enum
    {
        value = null;
        if (word is null) return true;
        if (!Word<T>(word, out var read)) return false;
        value = read;
        return true;
    }

    private static bool Word<T>(string? word, out T value) where T : struct, Enum
    {
        value = default;
        return word is { Length: > 0 } && char.IsLetter(word[0]) && Enum.TryParse(word, ignoreCase: true, out value) && Enum.IsDefined(value);
    }
}
