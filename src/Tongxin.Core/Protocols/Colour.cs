namespace Tongxin.Core.Protocols;

/// <summary>The colour of a pass. The numbers stand in signed passes and never change; a higher one outranks a lower.</summary>
public enum Colour
{
    /// <summary>No protocol with colours is in force: the gate sees name and photo only.</summary>
    None = 0,

    /// <summary>Nothing stands against the holder.</summary>
    Green = 1,

    /// <summary>A proof or a report is missing or too old: asked for, never a reason to lock anybody out of home, food or medicine.</summary>
    Grey = 2,

    /// <summary>A measure that lets the holder through a lane of its own.</summary>
    Yellow = 3,

    /// <summary>A measure that keeps the holder in one place: the isolation workflow starts, not a police matter.</summary>
    Red = 4,
}

/// <summary>What the person at the gate does.</summary>
public enum GateAction
{
    /// <summary>Lets pass.</summary>
    Admit = 1,

    /// <summary>Asks for what is missing, offers to renew it, and lets pass.</summary>
    Ask,

    /// <summary>Sends to the lane that is kept apart.</summary>
    SeparateLane,

    /// <summary>Calls those who isolate, who bring the holder to where the measure says.</summary>
    StartIsolation,
}

/// <summary>Why somebody comes to a gate, as far as it decides anything.</summary>
public enum WayTo
{
    /// <summary>Any place that is not one of the others.</summary>
    AnyPlace = 0,

    /// <summary>The holder's own home.</summary>
    Home,

    /// <summary>Canteen, market, handing out of food.</summary>
    Food,

    /// <summary>Hospital, pharmacy, fever clinic.</summary>
    Medicine,
}
