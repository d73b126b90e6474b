using Tongxin.Platform.Sheets;

namespace Tongxin.People.Import;

/// <summary>What a column of a population workbook can hold.</summary>
internal enum ImportField
{
    Campus,
    Building,
    Entrance,
    Room,
    Bed,

    /// <summary>The whole address in one cell.</summary>
    Address,
    Name,
    Sex,
    DocumentKind,
    Document,
    BirthDate,
    Phone,
    Relation,
    Category,
    Number,
    Unit,
    Class,
    Use,
    Care,
    MovedIn,
    Note,
}

/// <summary>The columns of population workbooks, in the words that offices use, Chinese and English.</summary>
internal static class ImportHeaders
{
    public static readonly TableHeader<ImportField> All = new(
        (ImportField.Campus, ["校区", "小区", "校区/小区", "小区名称", "社区", "院区", "campus", "estate"]),
        (ImportField.Building, ["楼栋", "楼号", "栋", "幢", "楼", "栋号", "楼栋号", "宿舍楼", "楼宇", "building"]),
        (ImportField.Entrance, ["单元", "单元号", "门洞", "entrance", "staircase", "unitno"]),
        (ImportField.Room, ["房号", "房间", "房间号", "室", "室号", "门牌号", "宿舍号", "寝室", "寝室号", "宿舍", "room", "roomno", "flat"]),
        (ImportField.Bed, ["床位", "床号", "床位号", "bed"]),
        (ImportField.Address, ["住址", "地址", "详细地址", "家庭住址", "居住地址", "现住址", "房屋地址", "address"]),
        (ImportField.Name, ["姓名", "名字", "住户姓名", "学生姓名", "人员姓名", "name", "fullname"]),
        (ImportField.Sex, ["性别", "sex", "gender"]),
        (ImportField.DocumentKind, ["证件类型", "证件种类", "documenttype", "idtype"]),
        (ImportField.Document, ["证件号码", "证件号", "身份证号", "身份证号码", "身份证", "公民身份号码", "护照号", "idnumber", "documentno", "idcard", "passport"]),
        (ImportField.BirthDate, ["出生日期", "出生年月日", "出生年月", "出生时间", "出生", "生日", "birthdate", "dateofbirth", "dob"]),
        (ImportField.Phone, ["联系电话", "电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "本人电话", "phone", "mobile", "tel", "telephone"]),
        (ImportField.Relation, ["与户主关系", "关系", "家庭关系", "户主关系", "relation", "relationship"]),
        (ImportField.Category, ["人员类别", "类别", "身份", "人员类型", "category", "type"]),
        (ImportField.Number, ["学号", "工号", "学号/工号", "学工号", "职工号", "教工号", "编号", "studentno", "staffno", "number"]),
        (ImportField.Unit, ["学院", "单位", "学院/单位", "院系", "部门", "工作单位", "所在单位", "学院(单位)", "college", "department", "unit"]),
        (ImportField.Class, ["班级", "专业班级", "行政班", "class"]),
        (ImportField.Use, ["住房使用情况", "房屋使用情况", "住房情况", "房屋状态", "use", "housinguse"]),
        (ImportField.Care, ["特殊需求", "特殊情况", "特殊人群", "重点人群", "特殊群体", "specialneeds", "needs"]),
        (ImportField.MovedIn, ["入住日期", "入住时间", "入住", "movedin", "movein"]),
        (ImportField.Note, ["备注", "说明", "note", "remarks", "remark"]));
}
