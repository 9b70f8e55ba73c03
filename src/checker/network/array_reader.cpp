#include "checker/network/array_reader.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// MODEL.md, section 4: lists, sparse lists and parts of tensor files are three ways to write one matrix. Entries that
// are 0 are not kept: what depends on what (FORMAT.md, section 5) is read off the entries that are.

namespace attest::checker {
namespace {

// Rows are allocated before their entries are seen; no model that can be checked is wider.
constexpr std::int64_t most_rows = 1 << 20;
constexpr std::uint64_t most_rows_in_all = 1 << 22;

// Its list of entries, and what evaluation keeps for it: a number each time that it is applied.
constexpr std::uint64_t bytes_of_row = 128;

// What is drawn for a float, as keep() does for all else. Those of a row are drawn for at once.
constexpr std::uint64_t bytes_of_float = 96;

bool is_tensor(const Cursor& at) { return at.is(Json::Kind::object) && at.has("tensor"); }

}  // namespace

Rational ArrayReader::number(const Cursor& at) const {
    if (version_ == 1 || !is_tensor(at)) return at.number();
    const TensorView view(at, tensors_, version_);
    if (view.count() != 1) at.fail("a tensor of one entry was expected, this one has " + std::to_string(view.count()));
    return view.at(0).rational();
}

template <typename Number>
void ArrayReader::keep(const Number& value) const {
    budget_->arithmetic(digits_of(value));
    budget_->memory(64 + 8 * digits_of(value));
}

KeptRational ArrayReader::entry(const Cursor& list, std::size_t index) const {
    const Json& json = list.json().items()[index];
    if (!json.is(Json::Kind::string)) return number(list.item(index));
    try {
        return kept_quoted_number(json.text());
    } catch (const Defect& defect) {
        list.item(index).fail(defect.what());
    }
}

KeptVector ArrayReader::vector(const Cursor& at, std::size_t size) const {
    const auto expect = [&](std::uint64_t found) {
        if (found != size)
            at.fail(std::to_string(size) + " numbers were expected, " + std::to_string(found) + " were found");
    };
    KeptVector vector;
    if (is_tensor(at)) {
        const TensorView view(at, tensors_, version_);
        const bool line = version_ == 2 && view.rank() == 2 && (view.rows() == 1 || view.columns() == 1);
        if (view.rank() != 1 && !line) at.fail("a tensor of rank 1 was expected");
        expect(view.count());
        vector.reserve(size);
        std::vector<double> floats(size);
        const bool are_floats = view.floats(floats);
        for (std::size_t i = 0; i < size; ++i) {
            vector.push_back(are_floats ? KeptRational(floats[i]) : view.at(i));
            keep(vector.back());
        }
        return vector;
    }
    expect(at.size());
    vector.reserve(size);
    for (std::size_t i = 0; i < size; ++i) keep(vector.emplace_back(entry(at, i)));
    return vector;
}

Matrix ArrayReader::matrix(const Cursor& at, std::size_t columns) const {
    Matrix matrix = is_tensor(at) ? from_tensor(at) : at.is(Json::Kind::object) ? sparse(at) : dense(at, columns);
    if (matrix.columns != columns)
        at.fail(std::to_string(columns) + " columns were expected, " + std::to_string(matrix.columns) + " were found");
    if (version_ == 1 && (matrix.rows.empty() || columns == 0)) at.fail("a matrix without entries");
    return matrix;
}

void ArrayReader::count_rows(const Cursor& at, std::uint64_t rows) const {
    if (rows > most_rows) at.fail("more than 2^20 rows");
    rows_ += rows;
    if (rows_ > most_rows_in_all) at.fail("more than 2^22 rows in all matrices together");
}

std::vector<Matrix::Entry>& ArrayReader::add_row(Matrix& matrix) const {
    budget_->memory(bytes_of_row);
    return matrix.rows.emplace_back();
}

Matrix ArrayReader::dense(const Cursor& at, std::size_t columns) const {
    count_rows(at, at.size());
    Matrix matrix;
    matrix.columns = columns;
    for (std::size_t r = 0; r < at.size(); ++r) {
        const Cursor row = at.item(r);
        if (row.size() != columns) row.fail("a row of " + std::to_string(columns) + " numbers was expected");
        auto& entries = add_row(matrix);
        entries.reserve(columns);
        for (std::size_t c = 0; c < columns; ++c) {
            KeptRational value = entry(row, c);
            keep(value);
            if (!value.is_zero()) entries.push_back({c, std::move(value)});
        }
    }
    return matrix;
}

Matrix ArrayReader::from_tensor(const Cursor& at) const {
    const TensorView source(at, tensors_, version_);
    if (source.rank() != 2)
        at.fail("a tensor of rank 2 was expected, this one has rank " + std::to_string(source.rank()));
    count_rows(at, source.rows());
    Matrix matrix;
    matrix.columns = source.columns();
    std::vector<double> floats;
    for (std::uint64_t r = 0; r < source.rows(); ++r) {
        auto& entries = add_row(matrix);
        budget_->step(matrix.columns);
        budget_->memory(matrix.columns, bytes_of_float);
        entries.reserve(matrix.columns);
        floats.resize(matrix.columns);
        const bool are_floats = source.floats(r, floats);
        for (std::uint64_t c = 0; c < matrix.columns; ++c) {
            KeptRational value = are_floats ? KeptRational(floats[c]) : source.at(r, c);
            if (!are_floats) keep(value);
            if (!value.is_zero()) entries.push_back({c, std::move(value)});
        }
    }
    return matrix;
}

Matrix ArrayReader::sparse(const Cursor& at) const {
    at.only({"rows", "cols", "entries"});
    Matrix matrix;
    const std::int64_t rows = at.at("rows").integer(0, most_rows);
    const std::int64_t columns = at.at("cols").integer(0, most_rows);
    count_rows(at, static_cast<std::uint64_t>(rows));
    matrix.columns = static_cast<std::size_t>(columns);
    budget_->memory(static_cast<std::uint64_t>(rows), bytes_of_row);
    budget_->step(static_cast<std::uint64_t>(rows), 16);
    matrix.rows.resize(static_cast<std::size_t>(rows));
    const Cursor entries = at.at("entries");
    for (std::size_t e = 0; e < entries.size(); ++e) {
        const Cursor entry = entries.item(e);
        if (entry.size() != 3) entry.fail("an entry is [row, column, number]");
        const auto r = static_cast<std::size_t>(entry.item(0).integer(0, rows - 1));
        const auto c = static_cast<std::size_t>(entry.item(1).integer(0, columns - 1));
        KeptRational value = number(entry.item(2));
        keep(value);
        matrix.rows[r].push_back({c, std::move(value)});
    }
    using Entry = Matrix::Entry;
    for (auto& row : matrix.rows) {
        std::sort(row.begin(), row.end(), [](const Entry& a, const Entry& b) { return a.column < b.column; });
        const auto same = [](const Entry& a, const Entry& b) { return a.column == b.column; };
        if (std::adjacent_find(row.begin(), row.end(), same) != row.end()) entries.fail("one pair occurs twice");
        std::erase_if(row, [](const Entry& entry) { return entry.value.is_zero(); });
    }
    return matrix;
}

Affine ArrayReader::affine(const Cursor& at, std::size_t inputs) const {
    const bool explicit_parts = at.is(Json::Kind::object) && at.has("weight");
    if (explicit_parts) at.only({"weight", "bias"});
    Affine map;
    map.weight = matrix(explicit_parts ? at.at("weight") : at, inputs);
    const auto bias = explicit_parts ? at.find("bias") : std::nullopt;
    map.bias = bias ? vector(*bias, map.outputs()) : KeptVector();
    return map;
}

}  // namespace attest::checker
