using Tongxin.Platform.Data;

namespace Tongxin.Access.Gates.Data;

/// <summary>证件类型 that a guard writes down.</summary>
internal enum DocumentKind
{
    /// <summary>身份证.</summary>
    Identity,

    /// <summary>工作证.</summary>
    Staff,

    /// <summary>学生证.</summary>
    Student,

    /// <summary>护照或通行证.</summary>
    Passport,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>What a guard wrote beside a passage entered by hand; no number of any document. Deleted with the passage.</summary>
internal sealed class GateNote
{
    private GateNote() { }

    /// <summary>The passage's own id.</summary>
    public Guid Id { get; private set; }
    public Guid GateId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DocumentKind? Document { get; private set; }
    public byte[]? NameSealed { get; private set; }
    public byte[]? ReasonSealed { get; private set; }

    public static GateNote Of(Guid passage, Guid gate, DateTimeOffset at, DocumentKind? document, string? name, string? reason, SecretBox box) => new()
    {
        Id = passage,
        GateId = gate,
        At = at,
        Document = document,
        NameSealed = box.Seal(name),
        ReasonSealed = box.Seal(reason),
    };
}
