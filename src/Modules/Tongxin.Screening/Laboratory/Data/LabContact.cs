using Tongxin.Platform;

namespace Tongxin.Screening.Laboratory.Data;

/// <summary>已联系实验室: somebody of the desk asked the laboratory about a file that waits. A fact, never changed.</summary>
internal sealed class LabContact
{
    private LabContact() { }

    public Guid Id { get; private set; }
    public Guid FileId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public Guid ById { get; private set; }

    /// <summary>Who answered there, in the words of who asked.</summary>
    public string Whom { get; private set; } = "";
    public string? Note { get; private set; }

    public static LabContact Of(Guid file, string whom, string? note, Guid by, DateTimeOffset at) => new() { Id = Ids.New(), FileId = file, Whom = whom, Note = note, ById = by, At = at };
}
