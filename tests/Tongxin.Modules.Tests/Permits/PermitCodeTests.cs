using Shouldly;
using Tongxin.Access.Permits;
using Tongxin.Core.Text;
using Xunit;

namespace Tongxin.Modules.Tests.Permits;

/// <summary>What is typed at a gate: codes that notice slips, plates in one form.</summary>
public sealed class PermitCodeTests
{
    [Fact]
    public void Code_OneWrongCharacterOrTwoSwapped_IsNoticed()
    {
        for (var turn = 0; turn < 50; turn++)
        {
            var code = PermitCode.New();
            PermitCode.Read(code).ShouldBe(code);
            for (var i = 0; i < PermitCode.Length; i++)
            {
                foreach (var other in PermitCode.Alphabet.Where(c => c != code[i])) PermitCode.Read(string.Concat(code.AsSpan(0, i), [other], code.AsSpan(i + 1))).ShouldBeNull();
                if (i == 0 || code[i] == code[i - 1]) continue;
                PermitCode.Read(string.Concat(code.AsSpan(0, i - 1), [code[i], code[i - 1]], code.AsSpan(i + 1))).ShouldBeNull();
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("2345678")]
    [InlineData("O2345678")]
    [InlineData("二三四五六七八九")]
    public void Code_OfAnotherForm_IsNone(string? typed) => PermitCode.Read(typed).ShouldBeNull();

    [Fact]
    public void Code_TypedSmallWideOrWithGaps_IsRead()
    {
        var code = PermitCode.New();

        PermitCode.Read($" {code[..4].ToLowerInvariant()}-{code[4..]} ").ShouldBe(code);
        PermitCode.Read(string.Concat(code.Select(c => (char)(c - 0x21 + 0xFF01)))).ShouldBe(code);
        PermitCode.Read(PermitCode.Show(code)).ShouldBe(code);
    }

    [Theory]
    [InlineData("陕A12345", "陕A12345")]
    [InlineData(" 陕a·12345 ", "陕A12345")]
    [InlineData("陕Ａ－１２３４５", "陕A12345")]
    [InlineData("陕AO1I45", "陕A01145")]
    [InlineData("陕AD12345", "陕AD12345")]
    [InlineData("陕AF1234S", null)]
    [InlineData("陕A12345D", "陕A12345D")]
    [InlineData("陕A1234挂", "陕A1234挂")]
    [InlineData("粤Z1234港", "粤Z1234港")]
    [InlineData("使123456", "使123456")]
    [InlineData("陕I12345", null)]
    [InlineData("A12345", null)]
    [InlineData("陕A1234", null)]
    [InlineData("陕A1234567", null)]
    [InlineData("陕A<script>", null)]
    [InlineData("", null)]
    public void Plate_AsTyped_IsReadOrRefused(string typed, string? expected)
    {
        var plate = PlateNumber.Parse(typed);

        (plate.IsFailure ? null : plate.Value.Value).ShouldBe(expected);
    }

    [Fact]
    public void Plates_ThatLookAlike_HaveOneLikeness()
    {
        static string Likeness(string plate) => PlateNumber.Parse(plate).Value.Likeness;

        Likeness("陕A8B052").ShouldBe(Likeness("陕A88QSZ"));
        Likeness("陕A8B052").ShouldNotBe(Likeness("陕A88QS7"));
        PlateNumber.Parse("陕AD12345").Value.IsNewEnergy.ShouldBeTrue();
    }
}
