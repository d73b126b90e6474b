using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;
using Tongxin.Platform.Outbox;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Contracts;

namespace Tongxin.Screening.Booking;

/// <summary>Slots and who has them: called by entrance, changed by the person, released by captain or office; the own page.</summary>
internal sealed class BookingPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions => BookingPermissions.All;

    public override IReadOnlyList<MenuItem> Menu => [new(Face.Resident, "menu.screening", "menu.my-tests", "test-pipe", "/my-tests", BookingPermissions.Own, 20)];

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["booking"] = typeof(BookingText) };

    public override void AddModel(ModelBuilder model) => BookingModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<TellTesting>();
        services.AddScoped<IOutboxHandler, SendNotices>();
        services.AddScoped<ITestingNotices, NoteOnOwnPage>();
        services.AddSingleton<SlotQueue>();
        services.AddScoped<SlotSeats>();
        services.AddScoped<ChangeBooking>();
        services.AddScoped<PublishSlots>();
        services.AddScoped<OwnPersons>();
        services.AddScoped<OwnBooking>();
        services.AddScoped<StaffBooking>();
        services.AddScoped<ReadOwnTests>();
        services.AddScoped<ReadSlots>();
        services.AddScoped<ReadArrivals>();
        services.AddScoped<KeepArrivals>();
        services.AddScoped<IHandle<TestsChanged>, FollowArrivals>();
        services.AddScoped<IHandle<PersonMerged>, FollowMergedBooking>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) => BookingRoutes.Map(routes);
}

/// <summary>Marker of the texts of slots.</summary>
public sealed class BookingText;
