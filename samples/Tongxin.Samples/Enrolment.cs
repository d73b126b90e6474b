using System.Globalization;
using Tongxin.Core.Text;

namespace Tongxin.Samples;

/// <summary>Shares a site's students out to colleges, grades and classes of about thirty.</summary>
internal sealed class Enrolment(PlaceBuilder place, int committee)
{
    private const int ClassSize = 30;
    private const int OldestStudent = 28;

    private int _colleges;

    public IReadOnlyList<Enrolled> Enrol(UniversitySite site)
    {
        var students = new List<Enrolled>(site.Students);
        var (left, weight) = (site.Students, site.Colleges.Sum(college => college.Share));
        foreach (var college in site.Colleges)
        {
            var count = (int)Math.Round(left * college.Share / weight);
            (left, weight) = (left - count, weight - college.Share);
            EnrolCollege(site, college, count, students);
        }

        return students;
    }

    private void EnrolCollege(UniversitySite site, College college, int count, List<Enrolled> students)
    {
        var key = place.AddUnit(committee, DemoUnitKind.College, college.Name);
        var branch = place.AddUnit(key, DemoUnitKind.PartyBranch, $"{college.ShortName}学生党支部");
        place.AddUnit(key, DemoUnitKind.PartyBranch, $"{college.ShortName}教工党支部");
        var number = ++_colleges;
        var bachelors = (int)(count * site.Bachelors);
        var masters = (int)(count * site.Masters);
        EnrolLevel(Level.Bachelor, 4, bachelors);
        EnrolLevel(Level.Master, 3, masters);
        EnrolLevel(Level.Doctor, 4, count - bachelors - masters);

        void EnrolLevel(Level level, int years, int total)
        {
            for (var year = 0; year < years; year++)
            {
                var share = ((total * (year + 1)) / years) - ((total * year) / years);
                EnrolGrade(college, number, key, branch, level, place.Day.Year - year, share, students);
            }
        }
    }

    private void EnrolGrade(College college, int collegeNumber, int collegeKey, int branch, Level level, int grade, int count, List<Enrolled> students)
    {
        var classes = Math.Max(1, (int)Math.Round(count / (double)ClassSize));
        var (letter, age) = level switch { Level.Bachelor => ("", 18), Level.Master => ("硕", 22), _ => ("博", 24) };
        for (var order = 0; order < classes && count > 0; order++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{college.ShortName}{letter}{grade % 100:00}{order + 1:00}班");
            var classKey = place.AddUnit(collegeKey, DemoUnitKind.Class, name);
            for (var at = count * order / classes; at < count * (order + 1) / classes; at++)
            {
                var dice = place.Dice;
                students.Add(new(
                    dice.Happens(college.Men) ? Sex.Male : Sex.Female,
                    Math.Clamp(age + place.Day.Year - grade + dice.Weighted([0.12, 0.7, 0.15, 0.03]) - 1, 17, OldestStudent),
                    level,
                    string.Create(CultureInfo.InvariantCulture, $"{(int)level + 2}{grade % 100:00}{collegeNumber:00}{at + 1:0000}"),
                    collegeKey, classKey,
                    dice.Happens(level switch { Level.Bachelor => 0.06, Level.Master => 0.25, _ => 0.35 }) ? branch : -1,
                    grade));
            }
        }
    }
}
