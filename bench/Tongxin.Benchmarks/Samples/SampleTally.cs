using System.Net;
using Npgsql;
using Tongxin.Benchmarks.Harness;

namespace Tongxin.Benchmarks.Samples;

/// <summary>What all phones sent and were told, kept apart from the product.</summary>
internal sealed class SampleTally
{
    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _acknowledged = [];
    private readonly HashSet<Guid> _peopleSent = [], _peopleIn = [];

    /// <summary>From first sending a batch to its answer, waits in between with it.</summary>
    public Sample Answers { get; } = new();

    /// <summary>From a person's swab to the answer for it: with the phone's own pause.</summary>
    public Sample FromSwab { get; } = new();

    public int Requests { get; private set; }
    public int Busy { get; private set; }

    /// <summary>Answers that no phone may get here: refusals, duplicates at the first sending, new ones at the second.</summary>
    public int Wrong { get; private set; }

    public int Acknowledgements
    {
        get { lock (_gate) return _acknowledged.Count; }
    }

    /// <summary>People whose sample was sent, whatever became of it: no more may be done.</summary>
    public int PeopleSent
    {
        get { lock (_gate) return _peopleSent.Count; }
    }

    /// <summary>People whose sample was acknowledged: no fewer may be done.</summary>
    public int PeopleIn
    {
        get { lock (_gate) return _peopleIn.Count; }
    }

    public void Sending(IReadOnlyList<DueFact> batch)
    {
        lock (_gate) _peopleSent.UnionWith(batch.Select(f => f.Person).OfType<Guid>());
    }

    public void Acknowledged(IReadOnlyList<DueFact> batch, IReadOnlyList<(Guid Id, string Verdict)> verdicts, bool isAgain, TimeSpan took, TimeSpan now)
    {
        lock (_gate)
        {
            Requests++;
            Answers.Add(took.TotalMilliseconds);
            if (!verdicts.Select(v => v.Id).SequenceEqual(batch.Select(f => f.Id))) Wrong++;
            Wrong += verdicts.Count(v => v.Verdict != (isAgain ? "duplicate" : "recorded"));
            if (isAgain) return;
            _acknowledged.UnionWith(verdicts.Select(v => v.Id));
            _peopleIn.UnionWith(batch.Select(f => f.Person).OfType<Guid>());
            foreach (var fact in batch) FromSwab.Add((now - fact.At).TotalMilliseconds);
        }
    }

    public void Refused(HttpStatusCode status)
    {
        lock (_gate)
        {
            if (status == HttpStatusCode.ServiceUnavailable) Busy++;
            else Wrong++;
        }
    }

    /// <summary>Acknowledged facts that are not in the table exactly once, and rows that nobody sent; asked past the product.</summary>
    public async Task<(int NotOnce, int Unknown)> CompareAsync(string connection, Guid round, CancellationToken ct)
    {
        var rows = new Dictionary<Guid, int>();
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync(ct);
        await using var command = new NpgsqlCommand("SELECT id FROM screening_tube_facts WHERE round_id = $1", open) { Parameters = { new NpgsqlParameter { Value = round } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var id = reader.GetGuid(0);
            rows[id] = rows.GetValueOrDefault(id) + 1;
        }
        lock (_gate) return (_acknowledged.Count(id => rows.GetValueOrDefault(id) != 1), rows.Keys.Count(id => !_acknowledged.Contains(id)));
    }
}
