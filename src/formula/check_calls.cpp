#include <algorithm>
#include <stdexcept>

#include "base/problem.h"
#include "base/text.h"
#include "formula/checker.h"

namespace zw::formula {

namespace {

const std::vector<std::string>& FunctionNames() {
    static const std::vector<std::string> kNames = {
        "if",
        "coalesce",
        "round",
        "months",
        "days",
        "workdays",
        "age",
        "year",
        "today",
        "previous",
        "rule",
        "sum",
        "count",
        "min",
        "max",
        "avg"};
    return kNames;
}

void TakeBranchType(Node& node, const std::vector<NodePtr>& branches, size_t from) {
    node.type = branches[from]->type;
    node.bare = true;
    for (size_t i = from; i < branches.size(); ++i) {
        const Node& branch = *branches[i];
        node.bare = node.bare && branch.bare;
        const bool same_grain =
            branch.type.kind == node.type.kind && branch.type.grain == node.type.grain;
        if (IsTime(node.type) && !same_grain) {
            node.type = Type{};
            node.type.kind = Kind::kDate;
        }
        for (const std::string& choice : branch.type.choices) {
            auto& choices = node.type.choices;
            if (std::find(choices.begin(), choices.end(), choice) == choices.end()) {
                choices.push_back(choice);
            }
        }
    }
}

}  // namespace

void Checker::NeedArguments(
    const Syntax& syntax, size_t least, size_t most, const std::string& shape
) const {
    const size_t count = syntax.arguments.size();
    if (count < least || count > most || syntax.where || syntax.distinct) {
        Fail(
            syntax.place,
            {"“" + syntax.text + "”的参数不对", syntax.text + " takes other arguments", shape}
        );
    }
}

Type Checker::Counted(const std::string& unit) const {
    Type type;
    type.kind = Kind::kInt;
    type.unit = scope_->units().Parse(unit).value_or(Unit{});
    return type;
}

NodePtr Checker::CheckCall(const Syntax& syntax) {
    const std::string& name = syntax.text;
    if (AggregateOf(syntax) != Aggregate::kNone) {
        return CheckChild(syntax);
    }
    if (name == "if") {
        return CheckIf(syntax);
    }
    if (name == "coalesce") {
        return CheckCoalesce(syntax);
    }
    if (name == "round") {
        return CheckRound(syntax, nullptr);
    }
    if (name == "months") {
        return CheckMonths(syntax);
    }
    if (name == "days" || name == "workdays" || name == "age" || name == "year") {
        return CheckDates(syntax);
    }
    if (name == "today") {
        return CheckToday(syntax);
    }
    if (name == "previous") {
        return CheckPrevious(syntax);
    }
    if (name == "rule") {
        return CheckRule(syntax);
    }
    if (name == "category") {
        Fail(
            syntax.place, {"类别要写在 in 后面", "a category stands after in", "x in category('…')"}
        );
    }
    const auto nearest = Nearest(name, FunctionNames());
    Fail(
        syntax.place,
        {"没有“" + name + "”这个函数",
         "there is no function " + name,
         nearest ? *nearest + "(…)" : Join(FunctionNames(), ", ")}
    );
}

NodePtr Checker::CheckIf(const Syntax& syntax) {
    NeedArguments(syntax, 3, 3, "if(条件, 值, 否则)");
    NodePtr node = Make(Op::kIf, syntax);
    node->children.push_back(Bool(*syntax.arguments[0]));
    node->children.push_back(Check(*syntax.arguments[1]));
    node->children.push_back(Check(*syntax.arguments[2]));
    TakeBranchType(*node, node->children, 1);
    const bool bare = node->bare;
    UnifyBranches(node->children, 1);
    TakeBranchType(*node, node->children, 1);
    node->bare = bare;
    return node;
}

NodePtr Checker::CheckCoalesce(const Syntax& syntax) {
    NeedArguments(syntax, 2, kMaxArguments, "coalesce(a, 0)");
    NodePtr node = Make(Op::kCoalesce, syntax);
    node->children = CheckAll(syntax.arguments);
    TakeBranchType(*node, node->children, 0);
    const bool bare = node->bare;
    UnifyBranches(node->children, 0);
    TakeBranchType(*node, node->children, 0);
    node->bare = bare;
    return node;
}

NodePtr Checker::CheckRule(const Syntax& syntax) {
    NeedArguments(syntax, 1, 1, "rule('…')");
    const Syntax& key = *syntax.arguments[0];
    if (key.form != Form::kText) {
        Fail(key.place, {"规则名要写成文字", "a rule is named by a text", "rule('…')"});
    }
    const auto type = scope_->Rule(key.text);
    if (!type) {
        Fail(key.place, {"没有“" + key.text + "”这条规则", "there is no rule " + key.text});
    }
    NodePtr node = Make(Op::kRule, syntax);
    node->text = key.text;
    node->type = *type;
    checked_.rules.insert(key.text);
    return node;
}

NodePtr Checker::CheckPrevious(const Syntax& syntax) {
    NeedArguments(syntax, 1, 1, "previous(字段)");
    const Syntax& field = *syntax.arguments[0];
    if (field.form != Form::kPath) {
        Fail(field.place, {"previous 里要写字段", "previous takes a field", "previous(字段)"});
    }
    if (profile_ != Profile::kChild || !prefix_.empty()) {
        Fail(
            syntax.place,
            {"这里不能用 previous",
             "previous may not be used in " + std::string(ProfileName(profile_))}
        );
    }
    if (!scope_->HasSeries()) {
        Fail(
            syntax.place,
            {"这个台账没有声明 series，没有上一期",
             "the record declares no series, so there is no previous row",
             "series = { per = […], on = … }"}
        );
    }
    NodePtr node = Make(Op::kPrevious, syntax);
    node->type = ResolvePath(field, field.path, *scope_);
    node->path = field.path;
    checked_.paths.insert(field.text);
    checked_.uses_previous = true;
    return node;
}

NodePtr Checker::CheckToday(const Syntax& syntax) {
    NeedArguments(syntax, 0, 0, "today()");
    if (profile_ == Profile::kSet || profile_ == Profile::kFigure) {
        Fail(
            syntax.place,
            {"指标里不能用 today()，结果会一天一变",
             "an indicator may not use today(): its value would change by itself"}
        );
    }
    NodePtr node = Make(Op::kToday, syntax);
    node->type.kind = Kind::kDate;
    checked_.uses_today = true;
    return node;
}

NodePtr Checker::DateArgument(const Syntax& syntax) {
    NodePtr node = Check(syntax);
    Type date;
    date.kind = Kind::kDate;
    TakeType(*node, date);
    if (!IsTime(node->type)) {
        NotFitting(*node, "date, period");
    }
    return node;
}

NodePtr Checker::CheckDates(const Syntax& syntax) {
    const bool is_year = syntax.text == "year";
    NeedArguments(
        syntax,
        is_year ? 1 : 2,
        is_year ? 1 : 2,
        is_year ? "year(日期)" : syntax.text + "(日期, 日期)"
    );
    const Op op = is_year
                      ? Op::kYear
                      : (syntax.text == "days" ? Op::kDays
                                               : (syntax.text == "age" ? Op::kAge : Op::kWorkdays));
    NodePtr node = Make(op, syntax);
    for (const auto& argument : syntax.arguments) {
        node->children.push_back(DateArgument(*argument));
    }
    node->type = Counted(is_year ? "" : (op == Op::kAge ? "岁" : "天"));
    node->can_fail = op == Op::kWorkdays;
    return node;
}

NodePtr Checker::CheckMonths(const Syntax& syntax) {
    NeedArguments(syntax, 2, 2, "months(日期, 月数)");
    NodePtr node = Make(Op::kMonths, syntax);
    node->children.push_back(DateArgument(*syntax.arguments[0]));
    node->children.push_back(Check(*syntax.arguments[1]));
    const Node& count = *node->children[1];
    const auto months = scope_->units().Parse("月");
    const bool is_months = months && count.type.unit.SameDimension(*months) &&
                           Compare(count.type.unit.factor, months->factor) == 0;
    if (count.type.kind != Kind::kInt || !(count.type.unit.dims.empty() || is_months)) {
        NotFitting(count, "int, int 月");
    }
    node->type.kind = Kind::kDate;
    node->can_fail = true;
    return node;
}

NodePtr Checker::CheckChild(const Syntax& syntax) {
    if (profile_ != Profile::kChild || !prefix_.empty() || syntax.distinct) {
        const bool is_set = profile_ == Profile::kSet;
        Fail(
            syntax.place,
            {"这里不能用 " + syntax.text + "()",
             syntax.text + "() may not stand here",
             is_set ? "一个汇总，写在最外层" : "sum(子台账.字段 where …)"}
        );
    }
    if (syntax.arguments.size() != 1 || syntax.arguments[0]->form != Form::kPath) {
        Fail(
            syntax.place,
            {"“" + syntax.text + "”里要写子台账的字段",
             syntax.text + " takes a field of a child",
             syntax.text + "(子台账.字段 where …)"}
        );
    }
    const Syntax& path = *syntax.arguments[0];
    const Scope* child = scope_->Child(path.path[0]);
    if (child == nullptr) {
        Fail(
            path.place,
            {"没有“" + path.path[0] + "”这个子台账", "there is no child record " + path.path[0]}
        );
    }
    NodePtr node = Make(Op::kChild, syntax);
    node->text = path.path[0];
    node->aggregate = AggregateOf(syntax);
    const Scope* outer = scope_;
    scope_ = child;
    prefix_ = path.path[0] + ".";
    if (path.path.size() > 1) {
        node->children.push_back(CheckChildArgument(path, *child));
    }
    if (syntax.where) {
        node->where = Bool(*syntax.where);
    }
    scope_ = outer;
    prefix_.clear();
    const bool is_sum = node->aggregate == Aggregate::kSum;
    const bool is_count = node->aggregate == Aggregate::kCount;
    if (!(is_sum && !node->children.empty()) && !(is_count && node->children.empty())) {
        Fail(
            syntax.place,
            {"子台账只能求和或计数",
             "child rows are summed or counted",
             "sum(" + node->text + ".字段 where …), count(" + node->text + " where …)"}
        );
    }
    node->type = is_count ? Counted("") : node->children[0]->type;
    node->bare = is_count;
    node->can_fail = true;
    return node;
}

NodePtr Checker::CheckChildArgument(const Syntax& syntax, const Scope& child) {
    Syntax field;
    field.form = Form::kPath;
    field.place = syntax.place;
    field.end = syntax.end;
    field.path.assign(syntax.path.begin() + 1, syntax.path.end());
    field.text = Join(field.path, ".");
    NodePtr node = Make(Op::kPath, field);
    node->type = ResolvePath(syntax, field.path, child);
    node->path = field.path;
    checked_.paths.insert(prefix_ + field.text);
    if (node->type.kind != Kind::kInt && node->type.kind != Kind::kDecimal) {
        NotFitting(*node, "int, decimal");
    }
    return node;
}

}  // namespace zw::formula
