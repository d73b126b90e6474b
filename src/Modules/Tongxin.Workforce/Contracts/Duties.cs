namespace Tongxin.Workforce.Contracts;

/// <summary>What a duty counts as in hours, certificates and reports: the six duties of the member's register.</summary>
public enum DutyCode
{
    /// <summary>风险排查.</summary>
    RiskCheck,

    /// <summary>值班值守.</summary>
    Watch,

    /// <summary>场所管控.</summary>
    SiteControl,

    /// <summary>物资运送.</summary>
    Delivery,

    /// <summary>秩序维护.</summary>
    Order,

    /// <summary>心理疏导.</summary>
    Counselling,
}

/// <summary>The six duties under which the university called its student volunteers.</summary>
public enum CampusDuty
{
    /// <summary>核酸检测.</summary>
    Testing,

    /// <summary>考试工作.</summary>
    Examinations,

    /// <summary>物资保障.</summary>
    Supplies,

    /// <summary>餐食服务.</summary>
    Meals,

    /// <summary>云辅导.</summary>
    Tutoring,

    /// <summary>校园巡逻.</summary>
    Patrol,
}

/// <summary>The one table between the two lists of duties.</summary>
public static class DutyCodes
{
    /// <summary>Where hours of a campus duty are counted.</summary>
    public static DutyCode Of(CampusDuty duty) => duty switch
    {
        CampusDuty.Testing => DutyCode.RiskCheck,
        CampusDuty.Examinations => DutyCode.SiteControl,
        CampusDuty.Supplies or CampusDuty.Meals => DutyCode.Delivery,
        CampusDuty.Tutoring => DutyCode.Counselling,
        _ => DutyCode.Order,
    };
}

/// <summary>What somebody at a post is on the printed sheet.</summary>
public enum DutyRole
{
    /// <summary>值班员.</summary>
    Worker,

    /// <summary>带班领导, in person.</summary>
    Leader,

    /// <summary>备班.</summary>
    Reserve,

    /// <summary>医务.</summary>
    Medic,

    /// <summary>后勤.</summary>
    Logistics,
}

/// <summary>What a post may ask for. Held by a person until it expires.</summary>
public enum Skill
{
    /// <summary>采样培训.</summary>
    Sampling,

    /// <summary>健康证 for food.</summary>
    FoodHealth,

    /// <summary>医务.</summary>
    Medical,

    /// <summary>急救.</summary>
    FirstAid,

    /// <summary>心理咨询.</summary>
    Counselling,

    /// <summary>驾驶.</summary>
    Driving,

    /// <summary>消杀.</summary>
    Disinfection,

    /// <summary>信息技术.</summary>
    It,

    /// <summary>带班: may be leader on duty.</summary>
    LeadDuty,
}

/// <summary>Where a turn is: 草稿 > 发布 > 确认 > 到岗 > 交班待签 > 完成 | 缺岗(> 备班).</summary>
public enum TurnState
{
    /// <summary>草稿.</summary>
    Draft,

    /// <summary>发布.</summary>
    Published,

    /// <summary>确认.</summary>
    Confirmed,

    /// <summary>到岗.</summary>
    OnPost,

    /// <summary>交班待签.</summary>
    HandingOver,

    /// <summary>完成.</summary>
    Done,

    /// <summary>缺岗.</summary>
    Absent,

    /// <summary>缺岗, and somebody of the reserve stands in.</summary>
    Covered,
}
