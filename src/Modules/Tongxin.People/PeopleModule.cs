using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.People.AddPerson;
using Tongxin.People.CareTags;
using Tongxin.People.Contracts;
using Tongxin.People.CorrectPerson;
using Tongxin.People.Data;
using Tongxin.People.ExportRegister;
using Tongxin.People.HouseholdList;
using Tongxin.People.HouseholdPage;
using Tongxin.People.Import;
using Tongxin.People.KeepPlaces;
using Tongxin.People.KeepUnits;
using Tongxin.People.MergePersons;
using Tongxin.People.MovePerson;
using Tongxin.People.PersonList;
using Tongxin.People.PersonPage;
using Tongxin.People.Register;
using Tongxin.People.RevealNumber;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Modules;

namespace Tongxin.People;

/// <summary>The register: places, households, persons, organisation units, needs, import.</summary>
public sealed class PeopleModule : IModule
{
    /// <inheritdoc />
    public string Name => "people";

    /// <inheritdoc />
    public Type Texts => typeof(PeopleText);

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        [Name] = Texts,
        ["import"] = typeof(ImportText),
    };

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(PeoplePermissions.Read, Roles.Office, Roles.Doctor, Roles.Counsellor, Roles.PrivacyOfficer),
        new(PeoplePermissions.Edit, Roles.Office),
        new(PeoplePermissions.Import, Roles.Office),
        new(PeoplePermissions.Merge, Roles.Office),
        new(PeoplePermissions.Unmask, Roles.Office, Roles.Doctor, Roles.Counsellor),
        new(PeoplePermissions.ReadCare, Roles.Doctor, Roles.Counsellor),
        new(PeoplePermissions.EditCare, Roles.Doctor, Roles.Counsellor),
        new(PeoplePermissions.ExpireCare, Roles.PrivacyOfficer, Roles.Doctor),
        new(PeoplePermissions.EditUnits, Roles.Office),
        new(PeoplePermissions.Export, Roles.Office),
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.register", "people.title", "users", "/people", PeoplePermissions.Read, 200),
        new(Face.Office, "menu.register", "households.title", "door", "/households", PeoplePermissions.Read, 210),
        new(Face.Office, "menu.register", "places.title", "building-community", "/places", PeoplePermissions.Read, 215),
        new(Face.Office, "menu.register", "units.title", "sitemap", "/units", PeoplePermissions.Read, 220),
        new(Face.Office, "menu.register", "import.title", "upload", "/people/import", PeoplePermissions.Import, 240),
    ];

    /// <inheritdoc />
    public void AddModel(ModelBuilder model) => PeopleModel.Configure(model);

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IPlaces, Places>();
        services.AddScoped<IHouseholds, Households>();
        services.AddScoped<Roll>();
        services.AddScoped<IPersons, Persons>();
        services.AddScoped<IUnits, Units>();
        services.AddScoped<PersonSearch>();
        services.AddScoped<PersonMatch>();
        services.AddScoped<RegisterScope>();
        services.AddScoped<RegisterOptions>();
        services.AddScoped<Deed>();
        services.AddScoped<PersonFilter>();
        services.AddScoped<ListPersons>();
        services.AddScoped<ReadPerson>();
        services.AddScoped<ListHouseholds>();
        services.AddScoped<ReadHousehold>();
        services.AddScoped<KeepCare>();
        services.AddScoped<ShowNumber>();
        services.AddScoped<Uniqueness>();
        services.AddScoped<AddOnePerson>();
        services.AddScoped<CorrectOnePerson>();
        services.AddScoped<MoveOnePerson>();
        services.AddScoped<KeepHousehold>();
        services.AddScoped<ReadUnits>();
        services.AddScoped<UnitTree>();
        services.AddScoped<PlaceTree>();
        services.AddScoped<FindDuplicates>();
        services.AddScoped<MergeTwo>();
        services.AddSingleton<IWatchCommits, TouchedPersons>();
        services.AddScoped<AlikeBook>();
        services.AddScoped<IHandle<PersonsTouched>>(s => s.GetRequiredService<AlikeBook>());
        services.AddScoped<ExportDesk>();
        services.AddScoped<IHandle<ApprovalDecided>, ExportDecided>();
        services.AddApprovalKind(ExportDesk.Kind, Roles.PrivacyOfficer);
        services.AddScoped<IScopeDirectory, ScopeDirectory>();
        services.AddScoped<IPersonDirectory, PersonDirectory>();
        services.AddScoped<ImportRun>();
        services.AddScoped<IPopulationImport, Importer>();
        services.AddScoped<ImportFiles>();
        services.AddScoped<ImportHistory>();
        services.AddScoped<UploadWorkbook>();
        services.AddScoped<MapColumns>();
        services.AddScoped<CommitImport>();
        services.AddScoped<DiscardImport>();
        services.AddScoped<RejectedWorkbook>();
        services.AddScoped<IJobHandler, PreviewImport>();
        services.AddScoped<IJobHandler, CommitImport>();
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        PersonListRoutes.Map(routes);
        HouseholdListRoutes.Map(routes);
        CareRoutes.Map(routes);
        ImportRoutes.Map(routes);
        UnitRoutes.Map(routes);
        ExportRoutes.Map(routes);
    }
}

/// <summary>Permissions of the register.</summary>
public static class PeoplePermissions
{
    /// <summary>See households and persons, numbers masked.</summary>
    public const string Read = "people.register.read";

    /// <summary>Add and correct households and persons.</summary>
    public const string Edit = "people.register.edit";

    /// <summary>Import a population workbook.</summary>
    public const string Import = "people.import.run";

    /// <summary>Merge duplicates.</summary>
    public const string Merge = "people.person.merge";

    /// <summary>See a number in the clear, with a purpose, journaled.</summary>
    public const string Unmask = "people.person.unmask";

    /// <summary>See needs, because one acts on them.</summary>
    public const string ReadCare = "people.care.read";

    /// <summary>Add and prolong needs.</summary>
    public const string EditCare = "people.care.edit";

    /// <summary>End needs.</summary>
    public const string ExpireCare = "people.care.expire";

    /// <summary>Keep the organisation tree.</summary>
    public const string EditUnits = "people.units.edit";

    /// <summary>Ask for an export; given after approval by a second person.</summary>
    public const string Export = "people.register.export";
}

/// <summary>Marker of the module's texts.</summary>
public sealed class PeopleText;
