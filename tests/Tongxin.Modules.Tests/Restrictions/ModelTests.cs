using Shouldly;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Access.Restrictions;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Restrictions;

/// <summary>
/// Random orders of events by all roles against a small oracle that knows three things: whose evidence there is, who agreed to what, and
/// the clock. There is no way to a colour beyond green without evidence and two people of two units, and none to keep one after lifting.
/// </summary>
public sealed class ModelTests
{
    private const int Steps = 150;

    public static TheoryData<Provider, int> Runs =>
        new() { { Provider.Sqlite, 1 }, { Provider.Sqlite, 2 }, { Provider.Sqlite, 3 }, { Provider.Sqlite, 4 }, { Provider.Sqlite, 5 }, { Provider.Postgres, 11 }, { Provider.Postgres, 12 } };

    [Theory, MemberData(nameof(Runs))]
    public async Task Colours_AfterAnyOrderOfEvents_AreWhatTwoPeopleAndAnEvidenceSay(Provider provider, int seed)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var world = new World(clinic, new Random(seed));

        for (var step = 0; step < Steps; step++)
        {
            await world.StepAsync();
            await world.CheckAsync();
        }

        world.Imposed.ShouldBeGreaterThan(2);
        world.RefusedTries.ShouldBeGreaterThan(10);
    }

    /// <summary>A measure as the oracle knows it.</summary>
    private sealed class Known
    {
        public required Guid Id { get; init; }
        public required Guid Person { get; init; }
        public required Guid Approval { get; init; }
        public required Actor Asker { get; init; }
        public required MeasureKind Kind { get; init; }
        public required string Edition { get; init; }
        public DateTimeOffset Until { get; set; }
        public bool Agreed { get; set; }
        public bool Gone { get; set; }
        public Guid? Appeal { get; set; }
    }

    private sealed class World
    {
        private static readonly MeasureKind[] Kinds = [MeasureKind.CaseIsolation, MeasureKind.HomeObservation, MeasureKind.Monitoring];
        private readonly Clinic _clinic;
        private readonly Random _dice;
        private readonly List<Guid> _people;
        private readonly List<Actor> _actors;
        private readonly List<Known> _measures = [];
        private readonly List<(Guid Id, Guid Person)> _evidence = [];
        private string? _edition = Clinic.Edition;

        public World(Clinic clinic, Random dice)
        {
            (_clinic, _dice) = (clinic, dice);
            _people = [clinic.Town.Wang.Id, clinic.Town.Li.Id, clinic.Town.Qian.Id];
            // Every role with a unit of its own, some within the units of others, and a second account of the doctor.
            _actors =
            [
                clinic.Doctor, clinic.SecondDoctor, clinic.Leader, clinic.Chief, clinic.Privacy,
                .. Roles.All.Select(r => clinic.Person(r)),
                clinic.Person(Roles.DutyLeader, clinic.Doctor.UnitId), clinic.Town.App.ActorOf(Roles.DutyLeader, personId: clinic.Doctor.PersonId, unitId: Ids.New()),
                clinic.Person(Roles.LeadingGroup, clinic.SecondDoctor.UnitId), Actor.System,
            ];
        }

        public int Imposed { get; private set; }

        public int RefusedTries { get; private set; }

        private DateTimeOffset Now => _clinic.Clock.Now;

        public Task StepAsync() => _dice.Next(20) switch
        {
            < 4 => RecordAsync(),
            < 8 => AskAsync(),
            < 13 => DecideAsync(),
            < 15 => LiftAsync(),
            < 16 => AppealAsync(),
            < 17 => AnswerAsync(),
            < 18 => ProtocolAsync(),
            < 19 => PassTimeAsync(),
            _ => _clinic.RingAsync(),
        };

        public async Task CheckAsync()
        {
            foreach (var person in _people)
            {
                var holds = _measures.Where(m => m.Person == person && m.Agreed && !m.Gone && Now < m.Until).ToList();
                var expected = _edition is null ? Colour.None
                    : holds.Count == 0 ? Colour.Green
                    : holds.Max(m => Editions.Find(_edition)?.RuleFor(m.Kind)?.Colour ?? Colour.Green);
                (await _clinic.ColourAsync(person)).ShouldBe(expected);
                if (expected > Colour.Grey) _evidence.ShouldContain(e => e.Person == person);
            }
        }

        private async Task RecordAsync()
        {
            var (person, by) = (Pick(_people), _dice.Next(3) == 0 ? _clinic.Doctor : Pick(_actors));
            var recorded = await _clinic.Town.App.CallAsync((RecordEvidence r) => r.ExecuteAsync(person, EvidenceKind.LabResult, "L-1", new MemoryStream(Clinic.Paper), "l.pdf", by, Town.Ct));
            (!recorded.IsFailure).ShouldBe(IsDoctor(by) || by.IsSystem);
            if (recorded.IsFailure) RefusedTries++;
            else _evidence.Add((recorded.Value, person));
        }

        private async Task AskAsync()
        {
            var (person, by, kind) = (Pick(_people), Pick(_actors), Pick(Kinds));
            if (_dice.Next(3) > 0) by = _dice.Next(2) == 0 ? _clinic.Doctor : _clinic.SecondDoctor;
            // Own evidence, somebody else's, or none at all.
            var evidence = _evidence.Count > 0 && _dice.Next(6) > 0 ? Pick(_evidence) : (Id: Ids.New(), Person: person);
            if (_evidence.Contains(evidence) && _dice.Next(5) > 0) person = evidence.Person;
            var until = Now.AddHours(_dice.Next(1, 60));
            var asked = await _clinic.AskAsync(new RestrictionRequest(RecordEvidence.ModuleName, kind, [new(person, evidence.Id)], until, "依据", "理由"), by);
            if (asked.IsFailure)
            {
                RefusedTries++;
                return;
            }
            IsDoctor(by).ShouldBeTrue();
            _evidence.ShouldContain((evidence.Id, person));
            _measures.Add(new Known { Id = asked.Value.RestrictionIds[0], Person = person, Approval = asked.Value.ApprovalId, Asker = by, Kind = kind, Edition = _edition.ShouldNotBeNull(), Until = until });
        }

        private async Task DecideAsync()
        {
            if (_measures.Count == 0) return;
            var open = _measures.Where(m => !m.Agreed && !m.Gone).ToList();
            var measure = open.Count == 0 || _dice.Next(4) == 0 ? Pick(_measures) : Pick(open);
            var (by, approve) = (_dice.Next(3) == 0 ? _clinic.Leader : Pick(_actors), _dice.Next(6) > 0);
            if (await _clinic.DecideAsync(measure.Approval, approve, by) is { IsFailure: true })
            {
                RefusedTries++;
                return;
            }
            // Two people of two units, whatever else the actor is.
            by.AccountId.ShouldNotBe(measure.Asker.AccountId);
            by.PersonId.ShouldNotBe(measure.Asker.PersonId);
            by.UnitId.ShouldNotBeNull().ShouldNotBe(measure.Asker.UnitId.ShouldNotBeNull());
            by.Grants.ShouldContain(g => g.Role == Roles.DutyLeader || g.Role == Roles.LeadingGroup);
            if (measure.Gone) return;
            measure.Agreed = approve && Now < measure.Until && measure.Edition == _edition;
            measure.Gone = !measure.Agreed;
            if (measure.Agreed) Imposed++;
        }

        private async Task LiftAsync()
        {
            if (_measures.Count == 0) return;
            var (measure, by) = (Pick(_measures), Pick(_actors));
            if (await _clinic.LiftAsync(measure.Id, by) is { IsFailure: true })
            {
                RefusedTries++;
                return;
            }
            measure.Gone = true;
        }

        private async Task AppealAsync()
        {
            if (_measures.Count == 0) return;
            var measure = Pick(_measures);
            var submitted = await _clinic.Town.App.CallAsync((SubmitAppeal s) => s.ExecuteAsync(measure.Person, measure.Id, "不同意", AppealWay.Own, null, Town.Ct));
            if (!submitted.IsFailure) measure.Appeal = submitted.Value;
        }

        private async Task AnswerAsync()
        {
            if (_measures.Find(m => m.Appeal is not null) is not { Appeal: { } appeal } measure) return;
            var by = Pick(_actors);
            var correct = _dice.Next(2) == 0;
            await _clinic.Town.App.CallAsync((HandleAppeals h) => h.AcceptAsync(appeal, by, Town.Ct));
            await _clinic.Town.App.CallAsync((HandleAppeals h) => h.CheckAsync(appeal, by, Town.Ct));
            if (await _clinic.Town.App.CallAsync((HandleAppeals h) => h.AnswerAsync(appeal, correct, null, "答复", by, Town.Ct)) is { IsFailure: true })
            {
                RefusedTries++;
                return;
            }
            by.UnitId.ShouldNotBe(measure.Asker.UnitId);
            if (correct) measure.Gone = true;
            measure.Appeal = null;
        }

        private async Task ProtocolAsync()
        {
            // Now and then another edition, or none.
            if (_dice.Next(5) > 0 && _edition is not null) return;
            var wanted = _edition is null ? Clinic.Edition : _dice.Next(2) == 0 ? null : _edition == Clinic.Edition ? "CN-COVID-新十条" : Clinic.Edition;
            var asked = await _clinic.Town.App.CallAsync((AskProtocol a) => a.ExecuteAsync(wanted, "会议", _clinic.Doctor, Town.Ct));
            var by = _edition is null ? _clinic.Leader : Pick(_actors);
            if (await _clinic.DecideAsync(asked.Value, by: by) is { IsFailure: true })
            {
                RefusedTries++;
                return;
            }
            by.UnitId.ShouldNotBe(_clinic.Doctor.UnitId);
            _edition = wanted;
            if (wanted is null)
                foreach (var measure in _measures.Where(m => m.Agreed)) measure.Gone = true;
        }

        private Task PassTimeAsync()
        {
            _clinic.Clock.Advance(TimeSpan.FromMinutes(_dice.Next(1, 1000)));
            return Task.CompletedTask;
        }

        private T Pick<T>(IReadOnlyList<T> from) => from[_dice.Next(from.Count)];

        private static bool IsDoctor(Actor by) => by.Grants.Any(g => g.Role == Roles.Doctor);
    }
}
