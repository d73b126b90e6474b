using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;

namespace Tongxin.Platform.Ui;

/// <summary>Reads a form member's name ("Form.DueAt"), type, value and rules from an expression, as EditForm's own inputs do.</summary>
internal sealed record FieldBinding(string Name, object Owner, PropertyInfo Property)
{
    public static FieldBinding From(Expression<Func<object?>> expression)
    {
        var body = expression.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : expression.Body;
        if (body is not MemberExpression { Member: PropertyInfo property, Expression: { } owner })
            throw new ArgumentException("Use () => Form.Member.", nameof(expression));
        var target = Value(owner) ?? throw new ArgumentException("The form is null.", nameof(expression));
        return new FieldBinding(NameOf(body), target, property);
    }

    // A number or date that cannot be null must be there, whether an attribute says so or not.
    public bool IsRequired => Property.IsDefined(typeof(RequiredAttribute)) || (Property.PropertyType.IsValueType && Property.PropertyType == Type && Type != typeof(bool));

    public int? MaxLength =>
        Property.GetCustomAttribute<StringLengthAttribute>()?.MaximumLength ?? Property.GetCustomAttribute<MaxLengthAttribute>()?.Length;

    private Type Type => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    public string InputType => Type switch
    {
        var t when t == typeof(bool) => "checkbox",
        var t when t == typeof(DateOnly) => "date",
        var t when t == typeof(TimeOnly) => "time",
        var t when t == typeof(DateTime) || t == typeof(DateTimeOffset) => "datetime-local",
        var t when t == typeof(int) || t == typeof(long) || t == typeof(decimal) => "number",
        _ => "text",
    };

    /// <summary>The value as an input element writes it.</summary>
    public string? Text => Property.GetValue(Owner) switch
    {
        null => null,
        bool b => b ? "true" : "false",
        DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly t => t.ToString("HH:mm", CultureInfo.InvariantCulture),
        DateTime d => d.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        DateTimeOffset d => d.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString(),
    };

    private static string NameOf(Expression? expression) => expression switch
    {
        MemberExpression { Expression: MemberExpression parent } member => $"{NameOf(parent)}.{member.Member.Name}",
        MemberExpression member => member.Member.Name,
        _ => throw new ArgumentException("Only member chains have a name.", nameof(expression)),
    };

    // A chain of members from a captured constant: read it without compiling the expression.
    private static object? Value(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: PropertyInfo p } member => p.GetValue(member.Expression is null ? null : Value(member.Expression)),
        MemberExpression { Member: FieldInfo f } member => f.GetValue(member.Expression is null ? null : Value(member.Expression)),
        _ => throw new ArgumentException("Only member chains can be read.", nameof(expression)),
    };
}
