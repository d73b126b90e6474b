using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tongxin.Core.Text;
using Xunit;

namespace Tongxin.Core.Tests.Text;

public sealed class IdentityNumberTests
{
    private static readonly DateOnly Today = new(2022, 1, 3);

    // Made-up people: region, date of birth and sequence, with the check character computed.
    private static readonly Gen<string> Numbers =
        from region in Gen.Choose(110101, 659001)
        from day in Gen.Choose(new DateOnly(1900, 1, 1).DayNumber, Today.DayNumber)
        from sequence in Gen.Choose(1, 999)
        let seventeen = $"{region}{DateOnly.FromDayNumber(day):yyyyMMdd}{sequence:000}"
        select seventeen + IdentityNumber.CheckCharacter(seventeen);

    // The example printed in GB 11643-1999.
    [Fact]
    public void Parse_ExampleOfTheStandard_IsRead()
    {
        var number = IdentityNumber.Parse("11010519491231002X", Today).Value;

        number.BirthDate.ShouldBe(new DateOnly(1949, 12, 31));
        number.Sex.ShouldBe(Sex.Female);
        number.Region.ShouldBe("110105");
    }

    [Theory]
    [InlineData("11010519491231002x")]
    [InlineData(" 110105 19491231 002X　")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ")]
    [InlineData("110105-19491231-002ｘ")]
    [InlineData("110105\u200B19491231002X")]
    [InlineData("110105491231002")]
    public void Parse_AnyWidthCaseAndSpacing_IsOneNumber(string typed) =>
        IdentityNumber.Parse(typed, Today).Value.Value.ShouldBe("11010519491231002X");

    [Theory]
    [InlineData("6.10112E+17", "text.id.damaged")]
    [InlineData("6.10112e+17", "text.id.damaged")]
    [InlineData("６.10112Ｅ+17", "text.id.damaged")]
    [InlineData("610112199001010000.0", "text.id.damaged")]
    [InlineData("610112199001011000", "text.id.damaged")]
    [InlineData("110105194912310021", "text.id.checksum")]
    [InlineData("1101051949123100", "text.id.length")]
    [InlineData("11010519491231002A", "text.id.length")]
    [InlineData("11010X491231002", "text.id.length")]
    [InlineData("110105194913310020", "text.id.birthdate")]
    [InlineData("110105202202010020", "text.id.birthdate")]
    [InlineData("110105180002010020", "text.id.birthdate")]
    [InlineData(" ", "text.id.empty")]
    [InlineData(null, "text.id.empty")]
    public void Parse_DamagedOrWrong_IsRefusedWithItsOwnCode(string? typed, string code) =>
        IdentityNumber.Parse(typed, Today).Error.Code.ShouldBe(code);

    [Fact]
    public void Parse_CellWasANumber_IsDamagedHoweverRightItLooks()
    {
        Prop.ForAll(Numbers.Where(n => n[^1] != 'X').ToArbitrary(), number => IdentityNumber.Parse(number, Today, cameAsNumber: true).Error.Code == "text.id.damaged")
            .QuickCheckThrowOnFailure();
        IdentityNumber.Parse("110105491231002", Today, cameAsNumber: true).IsFailure.ShouldBeFalse();
    }

    [Fact]
    public void Parse_AnyOneDigitChanged_IsFound()
    {
        var changes =
            from number in Numbers
            from place in Gen.Choose(0, 17)
            from digit in Gen.Choose(0, 9)
            where number[place] != '0' + digit
            select (Number: number, Changed: $"{number.AsSpan(0, place)}{digit}{number.AsSpan(place + 1)}");

        Prop.ForAll(changes.ToArbitrary(), change => !IdentityNumber.Parse(change.Number, Today).IsFailure && IdentityNumber.Parse(change.Changed, Today).IsFailure)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void ToString_OfANumber_IsMasked() =>
        IdentityNumber.Parse("11010519491231002X", Today).Value.ToString().ShouldBe("1*************002X");

    [Theory]
    [InlineData("11010519491231002X", IdentityDocumentKind.ResidentId)]
    [InlineData("e12345678", IdentityDocumentKind.Passport)]
    [InlineData("EA1234567", IdentityDocumentKind.Passport)]
    [InlineData("ＡＢ 1234567", IdentityDocumentKind.Passport)]
    [InlineData("H12345678", IdentityDocumentKind.HongKongMacaoPermit)]
    [InlineData("M1234567800", IdentityDocumentKind.HongKongMacaoPermit)]
    [InlineData("USA110000000001", IdentityDocumentKind.ForeignPermanentResident)]
    public void Document_FormOfItsOwn_IsKnown(string typed, IdentityDocumentKind kind) =>
        IdentityDocument.Parse(typed, Today).Value.Kind.ShouldBe(kind);

    [Theory]
    [InlineData("911124199108030026", IdentityDocumentKind.ForeignPermanentResident)]
    [InlineData("810000199408230021", IdentityDocumentKind.HongKongMacaoTaiwanResident)]
    public void Document_EighteenDigitsOfAnotherPaper_AreKnownByTheirHead(string typed, IdentityDocumentKind kind)
    {
        var whole = typed[..17] + IdentityNumber.CheckCharacter(typed);

        IdentityDocument.Parse(whole, Today).Value.Kind.ShouldBe(kind);
        IdentityDocument.Parse(whole, Today, kind).Value.Kind.ShouldBe(kind);
        IdentityDocument.Parse(whole, Today, IdentityDocumentKind.ResidentId).Error.Code.ShouldBe("text.id.unknown");
    }

    [Theory]
    [InlineData("12345678", IdentityDocumentKind.TaiwanPermit)]
    [InlineData("123456789", IdentityDocumentKind.Passport)]
    public void Document_PlainDigits_NeedADeclaredKind(string typed, IdentityDocumentKind kind)
    {
        IdentityDocument.Parse(typed, Today).Error.Code.ShouldBe("text.id.unknown");
        IdentityDocument.Parse(typed, Today, kind).Value.ShouldBe(new IdentityDocument(kind, typed));
    }

    [Theory]
    [InlineData("6.10112E+17", "text.id.damaged")]
    [InlineData("110105194912310021", "text.id.checksum")]
    [InlineData("1101051949123100", "text.id.length")]
    [InlineData("王小明", "text.id.unknown")]
    [InlineData("", "text.id.empty")]
    public void Document_NotOne_IsRefusedWithCode(string typed, string code) => IdentityDocument.Parse(typed, Today).Error.Code.ShouldBe(code);

    [Theory]
    [InlineData("护照", IdentityDocumentKind.Passport)]
    [InlineData("護照", IdentityDocumentKind.Passport)]
    [InlineData("台胞证", IdentityDocumentKind.TaiwanPermit)]
    [InlineData("工作证", null)]
    public void KindOf_NameInAColumn_IsRead(string name, IdentityDocumentKind? kind) => IdentityDocument.KindOf(name).ShouldBe(kind);
}
