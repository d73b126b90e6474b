using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Modules.Tests.Access;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Devices;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Devices;

/// <summary>Enrolled phones: what they may do, and how soon they may not (B2 cases 32 and 33).</summary>
public sealed class DeviceTests
{
    // What a helper may do from a phone, and what the same account may only do at a page.
    private const string Doors = "/doors";

    [Theory, BothProviders]
    public async Task Enrol_ByASignedInAccount_OpensWhatIsForDevices(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        using var holder = await app.SignInAsAsync(Roles.Office);

        using var phone = await Phone.EnrolAsync(app, holder);

        var lease = await phone.LeaseAsync();
        lease.Status.ShouldBe(HttpStatusCode.OK);
        lease.Body.GetProperty("leaseUntil").GetDateTimeOffset().ShouldBe(app.Clock.Now.AddHours(24));
        lease.Body.GetProperty("now").GetDateTimeOffset().ShouldBe(app.Clock.Now);
        (await phone.GetAsync(Doors)).ShouldBe(HttpStatusCode.OK);
        (await phone.GetAsync("/people")).ShouldBe(HttpStatusCode.Forbidden);
        (await phone.GetAsync("/account")).ShouldBe(HttpStatusCode.Forbidden);
        var row = await app.ReadAsync(db => db.Set<Device>().AsNoTracking().SingleAsync(d => d.Id == phone.Id));
        (row.AccountId, row.Kind, row.Name).ShouldBe((holder.AccountId, DeviceKind.Phone, "东门手机"));
        System.Text.Encoding.UTF8.GetString(row.TokenHash).ShouldNotContain(phone.Token);
        (await app.JournalAsync("platform.device.enrolled")).ShouldHaveSingleItem().SubjectId.ShouldBe(phone.Id);
    }

    [Theory, BothProviders]
    public async Task Lease_AfterARoleBeganAndEnded_NamesWhatThereIsToDo(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        using var holder = await app.SignInAsAsync(Roles.Captain, ScopeKind.Team, Ids.New());
        using var phone = await Phone.EnrolAsync(app, holder);
        async Task<string[]> MayAsync() => [.. (await phone.LeaseAsync()).Body.GetProperty("may").EnumerateArray().Select(p => p.GetString() ?? "")];

        (await MayAsync()).ShouldBe(["grid.visits.record"]);
        var until = app.Clock.Now.AddHours(8);
        await app.AddAsync(Grant.Give(holder.AccountId, Roles.Guard, ScopeKind.Place, Ids.New(), app.Clock.Now, until, "stands in"));
        app.Clock.Advance(DeviceRegister.MostAge);
        (await MayAsync()).ShouldBe(["access.gates.watch", "access.scans.record", "grid.visits.record"]);
        app.Clock.Set(until);
        (await MayAsync()).ShouldBe(["grid.visits.record"]);
    }

    [Fact]
    public async Task Enrol_WithoutTheFormToken_IsRefused()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var holder = await app.SignInAsAsync(Roles.Office);

        using var answer = await Phone.TryEnrolAsync(holder, withForm: false);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await app.ReadAsync(db => db.Set<Device>().CountAsync())).ShouldBe(0);
    }

    [Theory]
    [InlineData("", "phone", HttpStatusCode.BadRequest)]
    [InlineData("门岗", "toaster", HttpStatusCode.BadRequest)]
    [InlineData("门岗\n二", "phone", HttpStatusCode.BadRequest)]
    public async Task Enrol_WithNonsense_IsRefused(string name, string kind, HttpStatusCode expected)
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var holder = await app.SignInAsAsync(Roles.Office);

        using var answer = await Phone.TryEnrolAsync(holder, name, kind);

        answer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Enrol_ByAnAccountWithNothingToDoOnDevices_IsRefused()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var holder = await app.SignInAsAsync(Roles.Auditor);

        using var answer = await Phone.TryEnrolAsync(holder);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Enrol_AgainAndAgain_IsSlowedDown()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var holder = await app.SignInAsAsync(Roles.Office);
        for (var i = 0; i < DeviceLimits.AtOnce; i++)
        {
            using var answer = await Phone.TryEnrolAsync(holder);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var refused = await Phone.TryEnrolAsync(holder);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Theory, BothProviders]
    public async Task Revoke_ByTheOffice_IsFeltAtOnce(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        using var office = await app.SignInAsAsync(Roles.Office);
        using var holder = await app.SignInAsAsync(Roles.Office);
        using var phone = await Phone.EnrolAsync(app, holder);
        (await phone.GetAsync(Doors)).ShouldBe(HttpStatusCode.OK);

        var list = await office.OpenAsync("/devices");
        list.Text.ShouldContain("东门手机");
        var after = await list.SubmitAsync("dialog form", ("reason", "遗失"));

        after.Text.ShouldContain("设备已收回");
        (await phone.GetAsync(Doors)).ShouldBe(HttpStatusCode.Unauthorized);
        var lease = await phone.LeaseAsync();
        (lease.Status, lease.Code).ShouldBe((HttpStatusCode.Unauthorized, "platform.device.revoked"));
        (await app.JournalAsync("platform.device.revoked")).ShouldHaveSingleItem().Why.ShouldBe("遗失");
        (await office.OpenAsync("/devices?state=revoked")).Text.ShouldContain("遗失");
    }

    [Fact]
    public async Task Revoke_OfADeviceOutOfScope_IsNotThere()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var holder = await app.SignInAsAsync(Roles.Office);
        using var phone = await Phone.EnrolAsync(app, holder);
        using var elsewhere = await app.SignInAsAsync(Roles.Office, ScopeKind.Place, Ids.New());

        (await elsewhere.OpenAsync("/devices")).Text.ShouldNotContain("东门手机");
        var result = await app.CallAsync((RevokeDevice slice) => slice.ExecuteAsync(phone.Id, "why", app.ActorOf(Roles.Office, ScopeKind.Place, Ids.New()), CancellationToken.None));

        result.Error.Code.ShouldBe("platform.device.none");
        (await phone.GetAsync(Doors)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Revoke_OwnOnTheAccountsPage_IsFeltAtOnce()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var holder = await app.SignInAsAsync(Roles.Office);
        using var phone = await Phone.EnrolAsync(app, holder);

        await (await holder.OpenAsync("/account")).SubmitAsync($"#revoke-{phone.Id:N} form");

        (await phone.LeaseAsync()).Code.ShouldBe("platform.device.revoked");
        (await holder.OpenAsync("/account")).Text.ShouldContain("已收回");
    }

    [Fact]
    public async Task End_ByTheDeviceItself_EndsIt()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var holder = await app.SignInAsAsync(Roles.Office);
        using var phone = await Phone.EnrolAsync(app, holder);

        (await phone.PostAsync("/api/v1/devices/end")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await phone.LeaseAsync()).Code.ShouldBe("platform.device.revoked");
    }

    [Fact]
    public async Task Lease_WithoutContact_EndsToTheSecond()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var holder = await app.SignInAsAsync(Roles.Office);
        using var phone = await Phone.EnrolAsync(app, holder);

        app.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await phone.GetAsync(Doors)).ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        (await phone.GetAsync(Doors)).ShouldBe(HttpStatusCode.Unauthorized);
        (await phone.LeaseAsync()).Code.ShouldBe("platform.device.ended");
    }

    [Fact]
    public async Task Lease_Renewed_BeginsAnewAndIsJournaledWithTheDevice()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var holder = await app.SignInAsAsync(Roles.Office);
        using var phone = await Phone.EnrolAsync(app, holder);

        app.Clock.Advance(TimeSpan.FromHours(20));
        (await phone.LeaseAsync()).Body.GetProperty("leaseUntil").GetDateTimeOffset().ShouldBe(app.Clock.Now.AddHours(24));
        app.Clock.Advance(TimeSpan.FromHours(20));

        (await phone.GetAsync(Doors)).ShouldBe(HttpStatusCode.OK);
        (await app.JournalAsync("platform.device.renewed")).ShouldHaveSingleItem().Details.ShouldNotBeNull().ShouldContain(phone.Id.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Account_Ended_ItsDeviceIsRefusedWithinFiveSeconds(bool wholeAccount)
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var holder = await app.SignInAsAsync(Roles.Office);
        using var phone = await Phone.EnrolAsync(app, holder);
        (await phone.GetAsync(Doors)).ShouldBe(HttpStatusCode.OK);

        if (wholeAccount) await app.ChangeAsync(holder.AccountId, a => a.EndsAt = app.Clock.Now);
        else await EndGrantsAsync(app, holder.AccountId);
        app.Clock.Advance(TimeSpan.FromSeconds(5));

        (await phone.GetAsync(Doors)).ShouldBe(HttpStatusCode.Unauthorized);
        (await phone.LeaseAsync()).Code.ShouldBe("platform.device.ended");
    }

    [Theory]
    [InlineData("phone", HttpStatusCode.Unauthorized)]
    [InlineData("reader", HttpStatusCode.OK)]
    public async Task Password_Changed_EndsPhonesAndLeavesReaders(string kind, HttpStatusCode expected)
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var holder = await app.SignInAsAsync(Roles.Office);
        using var device = await Phone.EnrolAsync(app, holder, kind);

        await app.ChangeAsync(holder.AccountId, a => a.SecurityStamp = "another");
        app.Clock.Advance(TimeSpan.FromSeconds(5));

        (await device.GetAsync(Doors)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Token_Wrong_OpensNothing(string token)
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var phone = Phone.With(app, default, token);

        (await phone.GetAsync(Doors)).ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Found);
        var lease = await phone.LeaseAsync();
        (lease.Status, lease.Code).ShouldBe((HttpStatusCode.Unauthorized, "platform.device.unknown"));
    }

    private static Task<int> EndGrantsAsync(TongxinApp app, Guid account) => app.ReadAsync(async db =>
    {
        foreach (var grant in await db.Set<Grant>().Where(g => g.AccountId == account).ToListAsync()) grant.End(app.Clock.Now);
        db.Record(Actor.System, "test.arranged", "test", null);
        await db.CommitAsync(CancellationToken.None);
        return 0;
    });
}
