namespace Tongxin.Platform.Ui;

/// <summary>One choice of a <c>Field</c>.</summary>
public sealed record FieldOption(string Value, string Text);

/// <summary>What an own control inside a <c>Field</c> must carry: <c>&lt;input @attributes="f.Attributes" /&gt;</c>.</summary>
public sealed record FieldContext(string Id, string Name, IReadOnlyDictionary<string, object> Attributes);
