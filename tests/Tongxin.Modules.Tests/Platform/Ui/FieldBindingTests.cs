using System.ComponentModel.DataAnnotations;
using Shouldly;
using Tongxin.Platform.Ui;
using Xunit;

namespace Tongxin.Modules.Tests.Platform.Ui;

/// <summary>A field names, types and fills its control as the form mapper reads it back.</summary>
public sealed class FieldBindingTests
{
    private Input Form { get; } = new() { Name = "第 3 轮", DueAt = new DateTime(2026, 11, 21, 21, 0, 0), Inner = new Inner { Day = new DateOnly(2026, 11, 22) } };

    [Fact]
    public void Text_Required_IsNamedByItsPath()
    {
        var binding = FieldBinding.From(() => Form.Name);

        binding.ShouldSatisfyAllConditions(
            b => b.Name.ShouldBe("Form.Name"),
            b => b.InputType.ShouldBe("text"),
            b => b.Text.ShouldBe("第 3 轮"),
            b => b.IsRequired.ShouldBeTrue(),
            b => b.MaxLength.ShouldBe(40));
    }

    [Fact]
    public void Moment_Local_IsWrittenAsTheControlReadsIt() => FieldBinding.From(() => Form.DueAt).Text.ShouldBe("2026-11-21T21:00");

    [Fact]
    public void Member_OfAMember_KeepsTheWholePath()
    {
        var binding = FieldBinding.From(() => Form.Inner.Day);

        binding.Name.ShouldBe("Form.Inner.Day");
        binding.Text.ShouldBe("2026-11-22");
        binding.Owner.ShouldBeSameAs(Form.Inner);
    }

    [Fact]
    public void Number_ThatCannotBeNull_IsRequired() => FieldBinding.From(() => Form.Tries).IsRequired.ShouldBeTrue();

    [Fact]
    public void Tick_IsNeverRequired() => FieldBinding.From(() => Form.Quick).IsRequired.ShouldBeFalse();

    private sealed class Input
    {
        [Required, StringLength(40)]
        public string? Name { get; init; }

        public DateTime? DueAt { get; init; }

        public int Tries { get; init; }

        public bool Quick { get; init; }

        public Inner Inner { get; init; } = new();
    }

    private sealed class Inner
    {
        public DateOnly Day { get; init; }
    }
}
