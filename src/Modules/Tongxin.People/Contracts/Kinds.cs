namespace Tongxin.People.Contracts;

/// <summary>Kinds of places; households (rooms) hang below an entrance or a building.</summary>
public enum PlaceKind
{
    /// <summary>校区, 小区.</summary>
    Campus,

    /// <summary>片区, 院.</summary>
    Zone,

    /// <summary>楼栋.</summary>
    Building,

    /// <summary>单元: one door, one staircase.</summary>
    Entrance,
}

/// <summary>What is behind the door.</summary>
public enum HouseholdKind
{
    /// <summary>住户.</summary>
    Family,

    /// <summary>宿舍.</summary>
    Dormitory,
}

/// <summary>人员类别.</summary>
public enum PersonCategory
{
    /// <summary>居民.</summary>
    Resident,

    /// <summary>学生.</summary>
    Student,

    /// <summary>教职工.</summary>
    Staff,

    /// <summary>离退休.</summary>
    Retiree,

    /// <summary>家属.</summary>
    Family,

    /// <summary>服务人员 (后勤, 物业).</summary>
    Worker,
}

/// <summary>与户主关系.</summary>
public enum Relation
{
    /// <summary>其他.</summary>
    Other,

    /// <summary>户主.</summary>
    Head,

    /// <summary>配偶.</summary>
    Spouse,

    /// <summary>子女.</summary>
    Child,

    /// <summary>父母.</summary>
    Parent,

    /// <summary>祖父母.</summary>
    Grandparent,

    /// <summary>孙子女.</summary>
    Grandchild,

    /// <summary>兄弟姐妹.</summary>
    Sibling,

    /// <summary>租户.</summary>
    Tenant,

    /// <summary>室友.</summary>
    Roommate,

    /// <summary>保姆, 护工.</summary>
    Carer,
}

/// <summary>Kinds of organisation units, of any depth.</summary>
public enum UnitKind
{
    /// <summary>学校党委.</summary>
    SchoolCommittee,

    /// <summary>党总支, 党支部.</summary>
    PartyBranch,

    /// <summary>临时党支部: has an end date.</summary>
    TemporaryBranch,

    /// <summary>专班, 工作组.</summary>
    TaskForce,

    /// <summary>学院.</summary>
    College,

    /// <summary>班级.</summary>
    Class,

    /// <summary>部门.</summary>
    Department,

    /// <summary>社区: where members report in besides their own unit (双报到).</summary>
    Community,
}

/// <summary>What a person is in a unit.</summary>
public enum AffiliationRole
{
    /// <summary>成员.</summary>
    Member,

    /// <summary>书记.</summary>
    Secretary,

    /// <summary>负责人.</summary>
    Leader,

    /// <summary>辅导员.</summary>
    Counsellor,

    /// <summary>学生.</summary>
    Student,
}

/// <summary>Special needs that somebody acts on.</summary>
public enum CareKind
{
    /// <summary>慢性病.</summary>
    Chronic,

    /// <summary>血液透析.</summary>
    Dialysis,

    /// <summary>肿瘤放化疗.</summary>
    Chemotherapy,

    /// <summary>孕产妇.</summary>
    Pregnant,

    /// <summary>新生儿.</summary>
    Newborn,

    /// <summary>行动不便.</summary>
    LimitedMobility,

    /// <summary>独居.</summary>
    LivingAlone,

    /// <summary>无近亲在场.</summary>
    NoRelativesNear,

    /// <summary>精神障碍.</summary>
    MentalDisorder,

    /// <summary>重点学生.</summary>
    KeyStudent,

    /// <summary>残疾（可自行前往）: goes out alone or with company, and needs no visit.</summary>
    Disabled,
}
