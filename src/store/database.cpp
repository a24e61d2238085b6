#include "store/database.h"

#include <exception>

namespace zw::store {

namespace {

// Leaves a statement off its row however the loop over it ends.
class ResetAfter {
public:
    explicit ResetAfter(Statement& statement) : statement_(statement) {}
    ~ResetAfter() { statement_.Reset(); }
    ResetAfter(const ResetAfter&) = delete;
    ResetAfter& operator=(const ResetAfter&) = delete;

private:
    Statement& statement_;
};

}  // namespace

void Statement::BindAll(const std::vector<Value>& values) {
    for (size_t i = 0; i < values.size(); ++i) {
        Bind(static_cast<int>(i), values[i]);
    }
}

Value Statement::Get(int column) const {
    if (IsNull(column)) {
        return std::monostate{};
    }
    if (IsInteger(column)) {
        return Int(column);
    }
    return std::string(Text(column));
}

void Connection::Run(std::string_view sql, const std::vector<Value>& values) {
    Statement& statement = Prepare(sql);
    const ResetAfter reset(statement);
    statement.BindAll(values);
    while (statement.Step()) {
    }
}

void Connection::Query(
    std::string_view sql,
    const std::vector<Value>& values,
    const std::function<void(const Statement&)>& row
) {
    Statement& statement = Prepare(sql);
    const ResetAfter reset(statement);
    statement.BindAll(values);
    while (statement.Step()) {
        row(statement);
    }
}

std::vector<Value> Connection::First(std::string_view sql, const std::vector<Value>& values) {
    Statement& statement = Prepare(sql);
    const ResetAfter reset(statement);
    statement.BindAll(values);
    std::vector<Value> first;
    if (statement.Step()) {
        for (int column = 0; column < statement.Columns(); ++column) {
            first.push_back(statement.Get(column));
        }
    }
    return first;
}

std::vector<std::string> Connection::TableColumns(std::string_view name) {
    std::vector<std::string> names;
    for (ColumnInfo& column : DescribeColumns(name)) {
        names.push_back(std::move(column.name));
    }
    return names;
}

// One name for all: the innermost savepoint of a name is meant, in SQLite and in PostgreSQL.
Savepoint::Savepoint(Connection& connection) : connection_(connection) {
    connection_.Run("savepoint zw");
}

Savepoint::~Savepoint() {
    if (!open_) {
        return;
    }
    try {
        connection_.Run("rollback to savepoint zw");
        connection_.Run("release savepoint zw");
    } catch (const std::exception&) {
        // The engine has already taken the whole transaction back; the writer sees that by itself.
    }
}

void Savepoint::Release() {
    connection_.Run("release savepoint zw");
    open_ = false;
}

}  // namespace zw::store
