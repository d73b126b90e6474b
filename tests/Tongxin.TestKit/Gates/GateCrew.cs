using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tongxin.Access.Gates.Data;
using Tongxin.Host;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Devices;

namespace Tongxin.TestKit.Gates;

/// <summary>A gate, its guards and their devices, put into a database before the real program serves it.</summary>
public sealed record GateCrew(Guid Gate, IReadOnlyList<string> Tokens)
{
    /// <summary>Migrates the database that the settings name, and arranges.</summary>
    public static async Task<GateCrew> ArrangeAsync(string[] settings, int devices)
    {
        await using var app = HostProgram.Build(settings, builder => builder.Logging.ClearProviders());
        await HostProgram.MigrateAsync(app.Services, CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TongxinDb>();
        var now = TimeProvider.System.GetUtcNow();
        var gate = Access.Gates.Data.Gate.Create(new GateFacts { Name = "东门", PlaceId = Ids.New(), Lanes = [new Lane("1", 300, LaneDirection.Both)] }, GateState.Guarded, now);
        var guard = new Account { Id = Ids.New(), UserName = "crew", NormalizedUserName = "CREW", DisplayName = "crew", SecurityStamp = "crew", CreatedAt = now };
        db.AddRange(gate, guard, Grant.Give(guard.Id, Roles.Guard, ScopeKind.Everything, null, now.AddDays(-1), null, "test"));
        var tokens = new List<string>();
        for (var i = 0; i < devices; i++)
        {
            var (device, token) = Device.Enrol(guard.Id, $"device {i}", DeviceKind.Reader, null, now, TimeSpan.FromHours(24));
            db.Add(device);
            tokens.Add(token);
        }
        db.Record(Actor.System, "test.arranged", "test", null);
        await db.CommitAsync(CancellationToken.None);
        return new GateCrew(gate.Id, tokens);
    }
}
