namespace Tongxin.Screening.Tubes;

/// <summary>What may be done with tubes.</summary>
internal static class TubePermissions
{
    /// <summary>Opens, fills, closes and packs tubes at the tables of one's own.</summary>
    public const string Take = "screening.samples.take";

    /// <summary>Sees tubes and who is in them.</summary>
    public const string Read = "screening.tubes.read";

    /// <summary>Receives boxes at the laboratory and says that work on them begins.</summary>
    public const string Receive = "screening.tubes.receive";

    /// <summary>Enters what was kept on paper slips.</summary>
    public const string Enter = "screening.slips.enter";

    /// <summary>Asks for corrections of closed tubes; a leader of another unit agrees.</summary>
    public const string Correct = "screening.tubes.correct";
}
