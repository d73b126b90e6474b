namespace Tongxin.Core.Teams.Rules;

/// <summary>Captains from the party (党员担任队长): 1 point per captain who is not.</summary>
internal static class PartyCaptainRule
{
    public const string Name = "party_captain";

    public static double Points(bool isPartyMember) => isPartyMember ? 0 : 1;
}
