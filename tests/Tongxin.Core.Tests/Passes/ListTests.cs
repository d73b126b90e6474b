using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tongxin.Core.Passes;
using Xunit;
using static Tongxin.Core.Tests.Passes.Make;

namespace Tongxin.Core.Tests.Passes;

public class ListTests
{
    [Fact]
    public void TrustList_SignedByTheListKeyHeld_TakesItsPlace()
    {
        var next = new TrustList("qinyuan", 8, Now, [Entry(Key("next pass key")), Entry(Key("next list key"), KeyUse.Lists)]);

        var (list, fault) = TrustList.Read(next.Sign(ListKey), Trust, Now);

        fault.ShouldBe(default);
        list!.Number.ShouldBe(8);
        list.Keys.Select(k => (k.Id, k.Use, k.From, k.Until)).ShouldBe(next.Keys.Select(k => (k.Id, k.Use, k.From, k.Until)));
    }

    [Fact]
    public void TrustList_SignedByThePassKeyOrAStranger_IsRefused()
    {
        TrustList.Read(Trust.Sign(PassKey), Trust, Now).Fault.ShouldBe(PassFault.UnknownKey);
        TrustList.Read(Trust.Sign(Key("a stranger")), Trust, Now).Fault.ShouldBe(PassFault.UnknownKey);
    }

    [Fact]
    public void TrustList_OlderThanTheOneHeld_IsRefused() =>
        TrustList.Read((Trust with { Number = 6 }).Sign(ListKey), Trust, Now).Fault.ShouldBe(PassFault.Expired);

    [Fact]
    public void TrustList_OfAnotherPlace_IsRefused() =>
        TrustList.Read((Trust with { Issuer = "xingqing", Number = 9 }).Sign(ListKey), Trust, Now).Fault.ShouldBe(PassFault.BadStructure);

    [Fact]
    public void TrustList_TakenForARevocationList_IsRefused() =>
        RevocationList.Read(Trust.Sign(ListKey), Trust, RevocationList.Empty, Now).Fault.ShouldBe(PassFault.BadSignature);

    [Fact]
    public void TrustList_AnyByteChanged_IsRefused()
    {
        var bytes = Trust.Sign(ListKey);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x10;
            TrustList.Read(bytes, Trust, Now).List.ShouldBeNull();
            bytes[i] ^= 0x10;
        }
    }

    [Fact]
    public void RevocationList_ReadBack_HoldsWhatWasWithdrawnAndNothingElse()
    {
        var withdrawn = Enumerable.Range(0, 500).Select(i => (Reference: new Guid(i, 1, 2, new byte[8]), ExpiresAt: Now.AddMinutes(7 * i + 1))).ToList();
        var list = RevocationList.Of("qinyuan", 3, Now, withdrawn);

        var (read, fault) = RevocationList.Read(list.Sign(ListKey), Trust, RevocationList.Empty, Now);

        fault.ShouldBe(default);
        read!.Count.ShouldBe(500);
        withdrawn.ShouldAllBe(w => read.Contains(w.Reference, w.ExpiresAt));
        Enumerable.Range(1000, 5000).ShouldAllBe(i => !read.Contains(new Guid(i, 1, 2, new byte[8]), Now.AddMinutes(i % 3000)));
    }

    [Fact]
    public void RevocationList_PassOfTheList_IsRevoked()
    {
        var list = RevocationList.Of("qinyuan", 1, Now, [(Pass().Reference, Pass().ExpiresAt)]);

        FaultOf(Issue(), revoked: list).ShouldBe(PassFault.Revoked);
        FaultOf(Issue(Pass() with { Reference = Guid.Parse("00000000-0000-0000-0000-000000000001") }), revoked: list).ShouldBeNull();
    }

    [Fact]
    public void RevocationList_PassesThatHaveEnded_AreLeftOut() =>
        RevocationList.Of("qinyuan", 1, Now, [(Pass().Reference, Now), (Pass().Reference, Now.AddSeconds(1))]).Count.ShouldBe(1);

    [Fact]
    public void RevocationList_ThousandOfADay_IsSmall()
    {
        var withdrawn = Enumerable.Range(0, 1000).Select(i => (new Guid(i, 1, 2, new byte[8]), Now.AddMinutes(1 + (i % 1440))));
        RevocationList.Of("qinyuan", 1, Now, withdrawn).Sign(ListKey).Length.ShouldBeLessThan(6_400);
    }

    [Fact]
    public void RevocationList_Older_IsRefused()
    {
        var held = RevocationList.Of("qinyuan", 5, Now, []);
        RevocationList.Read(RevocationList.Of("qinyuan", 4, Now, []).Sign(ListKey), Trust, held, Now).Fault.ShouldBe(PassFault.Expired);
    }
}
