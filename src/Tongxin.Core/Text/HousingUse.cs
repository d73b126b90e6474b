namespace Tongxin.Core.Text;

/// <summary>How a room is used, as a household register asks it.</summary>
public enum HousingUse
{
    /// <summary>Nothing known.</summary>
    Unknown = 0,

    /// <summary>自住: the owner lives there.</summary>
    OwnerOccupied = 1,

    /// <summary>出租: let to tenants.</summary>
    Rented = 2,

    /// <summary>空置: nobody lives there.</summary>
    Vacant = 3,
}
