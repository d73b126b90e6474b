using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform.Sheets;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls.Import;

/// <summary>An applicant as a file says it, merged from the rows that mean the same one.</summary>
/// <param name="SaysDuties">The file names duties; otherwise those that the applicant chose stay.</param>
/// <param name="SaysCategory">Likewise.</param>
internal sealed record FileApplicant(int Row, ApplicantFacts Facts, string? Document, bool SaysDuties, bool SaysCategory);

/// <summary>What became of a row that is not an applicant of its own.</summary>
internal sealed record RowFinding(int Row, RowFate Fate, string? Address, Error Error, string Shown);

/// <summary>A file read: every row that is not blank is an applicant, a repetition or refused.</summary>
internal sealed record CallRows(int RowsIn, IReadOnlyList<FileApplicant> Applicants, IReadOnlyList<RowFinding> Findings)
{
    public static Result<CallRows> Read(SheetSource source, int firstDataRow, IReadOnlyDictionary<CallField, int> columns, IReadOnlyList<CampusDuty> duties, DateOnly today, Action<int> progress, CancellationToken ct)
    {
        var reading = new Reading(columns, duties, today);
        var last = 0;
        foreach (var read in source.Rows())
        {
            // A file that breaks off is refused as a whole.
            if (read.IsFailure) return read.Error;
            last = read.Value.Number;
            if (last % 500 == 0)
            {
                ct.ThrowIfCancellationRequested();
                progress(last);
            }
            if (last >= firstDataRow && !read.Value.IsBlank) reading.Take(read.Value);
        }
        return new CallRows(reading.RowsIn, [.. reading.Applicants], reading.Findings);
    }

    private sealed class Reading(IReadOnlyDictionary<CallField, int> columns, IReadOnlyList<CampusDuty> duties, DateOnly today)
    {
        private readonly Dictionary<string, int> _byNumber = new(StringComparer.Ordinal);
        private readonly Dictionary<(string Phone, string Name), int> _byPhone = [];

        public List<FileApplicant> Applicants { get; } = [];

        public List<RowFinding> Findings { get; } = [];

        public int RowsIn { get; private set; }

        public void Take(SheetRow row)
        {
            RowsIn++;
            var shown = string.Join(' ', new[] { Text(row, CallField.Name), Text(row, CallField.Number) }.Where(t => t.Length > 0));
            var (found, field, error) = Read(row);
            if (found is null)
            {
                Findings.Add(new RowFinding(row.Number, RowFate.Refused, Address(row, field), error ?? CallErrors.NameMissing, shown));
                return;
            }
            var name = TextFold.ForSearch(found.Facts.Name);
            if (found.Facts.Number is { } number && _byNumber.TryGetValue(number, out var same))
            {
                if (TextFold.ForSearch(Applicants[same].Facts.Name) == name) Merge(same, found, row, shown);
                else Findings.Add(new RowFinding(row.Number, RowFate.Refused, Address(row, CallField.Number), CallErrors.NumberOfAnotherRow(Applicants[same].Row), shown));
                return;
            }
            if (found.Facts.Phone is { } phone && _byPhone.TryGetValue((phone, name), out same)
                && (Applicants[same].Facts.Number is null || found.Facts.Number is null))
            {
                Merge(same, found, row, shown);
                return;
            }
            Applicants.Add(found);
            Know(Applicants.Count - 1);
        }

        private void Merge(int into, FileApplicant later, SheetRow row, string shown)
        {
            var (first, second) = (Applicants[into].Facts, later.Facts);
            Applicants[into] = Applicants[into] with
            {
                Facts = first with
                {
                    Number = first.Number ?? second.Number,
                    Phone = first.Phone ?? second.Phone,
                    Unit = first.Unit ?? second.Unit,
                    Home = first.Home ?? second.Home,
                    Community = first.Community ?? second.Community,
                    PartyMember = first.PartyMember || second.PartyMember,
                    Category = Applicants[into].SaysCategory || !later.SaysCategory ? first.Category : second.Category,
                    // Whoever names duties is believed before whoever names none.
                    Duties = !Applicants[into].SaysDuties ? second.Duties : !later.SaysDuties ? first.Duties : [.. first.Duties.Union(second.Duties).Order()],
                    Skills = [.. first.Skills.Concat(second.Skills).DistinctBy(s => s.Skill)],
                },
                Document = Applicants[into].Document ?? later.Document,
                SaysDuties = Applicants[into].SaysDuties || later.SaysDuties,
                SaysCategory = Applicants[into].SaysCategory || later.SaysCategory,
            };
            Know(into);
            Findings.Add(new RowFinding(row.Number, RowFate.Duplicate, Address(row, later.Facts.Number is null ? CallField.Phone : CallField.Number), CallErrors.SameAsRow(Applicants[into].Row), shown));
        }

        private void Know(int at)
        {
            var facts = Applicants[at].Facts;
            if (facts.Number is { } number) _byNumber.TryAdd(number, at);
            if (facts.Phone is { } phone) _byPhone.TryAdd((phone, TextFold.ForSearch(facts.Name)), at);
        }

        private (FileApplicant? Found, CallField Field, Error? Error) Read(SheetRow row)
        {
            if (CallWords.Duties(Text(row, CallField.Duties)) is not { } wanted) return (null, CallField.Duties, CallErrors.DutyUnknown);
            if (CallWords.Skills(Text(row, CallField.Skills)) is not { } skills) return (null, CallField.Skills, CallErrors.SkillUnknown);
            string? document = null;
            if (Text(row, CallField.Document) is { Length: > 0 } typed)
            {
                var parsed = IdentityDocument.Parse(typed, today, null, Cell(row, CallField.Document).Kind == SheetCellKind.Number);
                if (parsed.IsFailure) return (null, CallField.Document, parsed.Error);
                document = parsed.Value.Number;
            }
            var category = PersonCategoryWords.Read(Text(row, CallField.Category));
            var (facts, errors) = ReadApplicant.Read(new TypedApplicant
            {
                Name = Text(row, CallField.Name),
                Number = Text(row, CallField.Number),
                Phone = Text(row, CallField.Phone),
                Category = category,
                Unit = Text(row, CallField.Unit),
                Duties = wanted,
                // One certificate in a row: it belongs to the first skill named.
                Skills = [.. skills.Distinct().Select((s, i) => new TypedSkill(s, i == 0 ? Text(row, CallField.Proof) : null, i == 0 ? Text(row, CallField.Through) : null))],
                Home = Text(row, CallField.Home),
                PartyMember = CallWords.Party(Text(row, CallField.Party)),
                Community = Text(row, CallField.Community),
            }, duties, today);
            if (errors.Count == 0) return (new FileApplicant(row.Number, facts, document, wanted.Count > 0, category is not null), CallField.Name, null);
            var field = errors[0].Field.StartsWith("Skills.", StringComparison.Ordinal) ? (errors[0].Error == CallErrors.TooLong ? CallField.Proof : CallField.Through)
                : Enum.TryParse<CallField>(errors[0].Field, out var named) ? named : CallField.Name;
            return (null, field, errors[0].Error);
        }

        private string? Address(SheetRow row, CallField field) => columns.TryGetValue(field, out var column) ? row.Address(column) : row.Address(0);

        private string Text(SheetRow row, CallField field) => TextFold.Clean(Cell(row, field).Text);

        private SheetCell Cell(SheetRow row, CallField field) => columns.TryGetValue(field, out var column) ? row[column] : SheetCell.Empty;
    }
}
