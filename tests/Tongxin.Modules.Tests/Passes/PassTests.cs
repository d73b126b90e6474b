using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Access.Passes;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;
using Tongxin.Modules.Tests.People;
using Tongxin.Modules.Tests.Restrictions;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Passes;

/// <summary>Passes that devices believe, and for how long.</summary>
public sealed class PassTests
{
    [Theory, BothProviders]
    public async Task Pass_Issued_IsBelievedByADeviceAndSaysNothingElse(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;

        var current = (await IssueAsync(clinic, wang)).ShouldNotBeNull();

        var pass = (await ReadAsync(clinic, current.Pass.Text)).ShouldBeOfType<PassReading.Valid>().Pass;
        (pass.Name, pass.Colour, pass.Edition, pass.ExpiresAt).ShouldBe(("王＊明", Colour.Green, Clinic.Edition, clinic.Clock.Now.AddHours(24)));
        var book = await clinic.Town.App.CallAsync((IPassBook b) => b.FindAsync([pass.Reference], Town.Ct));
        book[pass.Reference].PersonId.ShouldBe(wang);
        (await IssueAsync(clinic, Tongxin.Platform.Ids.New())).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Pass_OpenedAgain_IsTheSameUntilHalfItsLife(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;
        var first = (await IssueAsync(clinic, wang)).ShouldNotBeNull().Pass.Id;

        clinic.Clock.Advance(TimeSpan.FromHours(12));
        (await IssueAsync(clinic, wang)).ShouldNotBeNull().Pass.Id.ShouldBe(first);
        clinic.Clock.Advance(TimeSpan.FromSeconds(1));
        (await IssueAsync(clinic, wang)).ShouldNotBeNull().Pass.Id.ShouldNotBe(first);
    }

    [Theory, BothProviders]
    public async Task Pass_OfAMeasure_EndsToTheSecondWithIt(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;
        var measure = await clinic.ImposeAsync(wang, days: 0.5);
        var end = (await clinic.MeasureAsync(measure)).Until;

        var red = (await IssueAsync(clinic, wang)).ShouldNotBeNull().Pass;

        (red.Colour, red.ExpiresAt).ShouldBe((Colour.Red, end));
        clinic.Clock.Set(end.AddSeconds(-1));
        (await ReadAsync(clinic, red.Text)).ShouldBeOfType<PassReading.Valid>();
        clinic.Clock.Set(end);
        (await ReadAsync(clinic, red.Text)).ShouldBeOfType<PassReading.Refused>().Fault.ShouldBe(PassFault.Expired);
        (await IssueAsync(clinic, wang)).ShouldNotBeNull().Pass.Colour.ShouldBe(Colour.Green);
    }

    [Theory, BothProviders]
    public async Task Measure_Imposed_WithdrawsTheBetterPassAndLeavesTheWorse(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var (wang, li) = (clinic.Town.Wang.Id, clinic.Town.Li.Id);
        var green = (await IssueAsync(clinic, wang)).ShouldNotBeNull().Pass;
        var other = (await IssueAsync(clinic, li)).ShouldNotBeNull().Pass;

        var measure = await clinic.ImposeAsync(wang);
        (await ReadAsync(clinic, green.Text)).ShouldBeOfType<PassReading.Refused>().Fault.ShouldBe(PassFault.Revoked);
        (await ReadAsync(clinic, other.Text)).ShouldBeOfType<PassReading.Valid>();
        var red = (await IssueAsync(clinic, wang)).ShouldNotBeNull().Pass;
        red.Colour.ShouldBe(Colour.Red);
        await clinic.LiftAsync(measure);

        (await clinic.Town.App.CallAsync((IPassBook b) => b.RevocationsAsync(Town.Ct))).Count.ShouldBe(1);
        (await IssueAsync(clinic, wang)).ShouldNotBeNull().Pass.Colour.ShouldBe(Colour.Green);
        // What has run out is no longer carried.
        clinic.Clock.Advance(TimeSpan.FromHours(24));
        (await clinic.Town.App.CallAsync((IPassBook b) => b.RevocationsAsync(Town.Ct))).Count.ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Lists_FetchedByADevice_AreSignedByWhatItHolds(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var held = await clinic.Town.App.CallAsync((IPassBook b) => b.TrustAsync(Town.Ct));
        var green = (await IssueAsync(clinic, clinic.Town.Wang.Id)).ShouldNotBeNull().Pass;
        await clinic.ImposeAsync(clinic.Town.Wang.Id);
        clinic.Clock.Advance(TimeSpan.FromMinutes(2));
        using var device = clinic.Town.App.Anonymous();

        using var answer = await device.Http.GetAsync(new Uri("/api/v1/access/trust", UriKind.Relative), Town.Ct);
        var (trust, fault) = TrustList.Read(await answer.Content.ReadAsByteArrayAsync(Town.Ct), held, clinic.Clock.Now);
        fault.ShouldBe(default);
        trust.ShouldNotBeNull().Keys.Count(k => k.Use == KeyUse.Lists).ShouldBe(2);
        var bytes = await device.Http.GetByteArrayAsync(new Uri("/api/v1/access/revocations", UriKind.Relative), Town.Ct);
        var (revoked, wrong) = RevocationList.Read(bytes, trust, RevocationList.Empty, clinic.Clock.Now);
        wrong.ShouldBe(default);
        revoked.ShouldNotBeNull().Contains(green.Id, green.ExpiresAt).ShouldBeTrue();

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/access/trust");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag.ShouldNotBeNull());
        (await device.Http.SendAsync(again, Town.Ct)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotModified);
    }

    [Theory, BothProviders]
    public async Task Keys_RotatedAndWithdrawn_DevicesFollow(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var admin = clinic.Person(Roles.Administrator);
        var wang = clinic.Town.Wang.Id;
        var old = (await IssueAsync(clinic, wang)).ShouldNotBeNull().Pass;
        var held = await clinic.Town.App.CallAsync((IPassBook b) => b.TrustAsync(Town.Ct));

        (await clinic.Town.App.CallAsync((KeyRing r) => r.RotateAsync(KeyUse.Passes, admin, Town.Ct))).IsFailure.ShouldBeFalse();
        // Published today, signs from tomorrow: whoever synced in between believes both.
        (await IssueAsync(clinic, clinic.Town.Li.Id)).ShouldNotBeNull().Pass.KeyId.ShouldBe(old.KeyId);
        clinic.Clock.Advance(TimeSpan.FromDays(1));
        var next = (await IssueAsync(clinic, wang)).ShouldNotBeNull().Pass;
        next.KeyId.ShouldNotBe(old.KeyId);
        (await ReadAsync(clinic, next.Text)).ShouldBeOfType<PassReading.Valid>();
        using (var late = new PassReader(held)) late.Read(next.Text, RevocationList.Empty, clinic.Clock.Now).ShouldBeOfType<PassReading.Refused>().Fault.ShouldBe(PassFault.UnknownKey);

        var key = await clinic.Town.App.ReadAsync(db => db.Set<PassKey>().AsNoTracking().SingleAsync(k => k.KeyId == next.KeyId, Town.Ct));
        (await clinic.Town.App.CallAsync((KeyRing r) => r.WithdrawAsync(key.Id, " ", admin, Town.Ct))).Error.Code.ShouldBe("passes.why-missing");
        (await clinic.Town.App.CallAsync((KeyRing r) => r.WithdrawAsync(key.Id, "服务器被入侵", admin, Town.Ct))).IsFailure.ShouldBeFalse();
        (await clinic.Town.App.CallAsync((KeyRing r) => r.WithdrawAsync(key.Id, "again", admin, Town.Ct))).Error.Code.ShouldBe("passes.key-not-found");
        (await ReadAsync(clinic, next.Text)).ShouldBeOfType<PassReading.Refused>();
        (await ReadAsync(clinic, (await IssueAsync(clinic, wang)).ShouldNotBeNull().Pass.Text)).ShouldBeOfType<PassReading.Valid>();
    }

    [Theory, BothProviders]
    public async Task Clock_ThreeDaysBeforeAKeyStops_PublishesTheNextOnce(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        await IssueAsync(clinic, clinic.Town.Wang.Id);
        (await CountAsync()).ShouldBe((1, 2));

        clinic.Clock.Advance(TimeSpan.FromDays(27).Subtract(TimeSpan.FromSeconds(1)));
        await clinic.RingAsync();
        (await CountAsync()).ShouldBe((1, 2));
        clinic.Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(clinic.RingAsync)));
        (await CountAsync()).Passes.ShouldBe(2);

        Task<(int Passes, int Lists)> CountAsync() => clinic.Town.App.ReadAsync(async db =>
            (await db.Set<PassKey>().CountAsync(k => k.Use == KeyUse.Passes, Town.Ct), await db.Set<PassKey>().CountAsync(k => k.Use == KeyUse.Lists, Town.Ct)));
    }

    [Theory, BothProviders]
    public async Task Clock_SetBackEightHours_LetsNobodyGoAndMayBeLifted(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;
        var measure = await clinic.ImposeAsync(wang);

        clinic.Clock.Advance(TimeSpan.FromHours(-8));

        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Red);
        (await IssueAsync(clinic, wang)).ShouldNotBeNull().Pass.Colour.ShouldBe(Colour.Red);
        (await clinic.LiftAsync(measure)).IsFailure.ShouldBeFalse();
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Green);
    }

    [Theory, BothProviders]
    public async Task Pass_AFortnightAfterItsEnd_IsForgotten(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var pass = (await IssueAsync(clinic, clinic.Town.Wang.Id)).ShouldNotBeNull().Pass;

        clinic.Clock.Set(pass.ExpiresAt + ForgetPasses.Keep);
        await clinic.RingAsync();
        (await clinic.Town.App.CallAsync((IPassBook b) => b.FindAsync([pass.Id], Town.Ct))).ShouldNotBeEmpty();
        clinic.Clock.Advance(TimeSpan.FromSeconds(1));
        await clinic.RingAsync();
        (await clinic.Town.App.CallAsync((IPassBook b) => b.FindAsync([pass.Id], Town.Ct))).ShouldBeEmpty();
    }

    private static Task<CurrentPass?> IssueAsync(Clinic clinic, Guid person) => clinic.Town.App.CallAsync((IssuePass i) => i.ExecuteAsync(person, null, Town.Ct));

    private static async Task<PassReading> ReadAsync(Clinic clinic, string text)
    {
        using var reader = new PassReader(await clinic.Town.App.CallAsync((IPassBook b) => b.TrustAsync(Town.Ct)));
        return reader.Read(text, await clinic.Town.App.CallAsync((IPassBook b) => b.RevocationsAsync(Town.Ct)), clinic.Clock.Now);
    }
}
