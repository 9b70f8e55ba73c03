#include "checker/array_reader.hpp"

#include <algorithm>

#include "checker/defect.hpp"

namespace attest::checker {
namespace {

// Rows are allocated before their entries are seen; no model that can be checked is wider.
constexpr std::int64_t most_rows = 1 << 20;

Rational element(const Tensor& tensor, std::uint64_t index, const Cursor& at) {
    try {
        return tensor.at(index);
    } catch (const Defect& defect) {
        at.fail(std::string(defect.what()) + " at element " + std::to_string(index));
    }
}

}  // namespace

bool ArrayReader::is_tensor(const Cursor& at) const {
    return at.is(Json::Kind::object) && at.has("tensor");
}

const Tensor& ArrayReader::tensor(const Cursor& at, std::size_t rank) const {
    at.only({"tensor"});
    const std::string& name = at.at("tensor").string();
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) at.fail("there is no tensor \"" + name + "\"");
    if (found->second.shape.size() != rank)
        at.fail("a tensor of rank " + std::to_string(rank) + " was expected, \"" + name + "\" has rank " +
                std::to_string(found->second.shape.size()));
    return found->second;
}

Vector ArrayReader::vector(const Cursor& at, std::size_t size) const {
    const Tensor* source = is_tensor(at) ? &tensor(at, 1) : nullptr;
    const std::size_t found = source ? source->count() : at.size();
    if (found != size)
        at.fail(std::to_string(size) + " numbers were expected, " + std::to_string(found) + " were found");
    Vector vector;
    for (std::size_t i = 0; i < size; ++i)
        vector.push_back(source ? element(*source, i, at) : at.item(i).number());
    return vector;
}

Matrix ArrayReader::matrix(const Cursor& at) const {
    Matrix matrix = is_tensor(at) ? from_tensor(at) : at.is(Json::Kind::object) ? sparse(at) : dense(at);
    if (matrix.rows.empty() || matrix.columns == 0) at.fail("a matrix without entries");
    return matrix;
}

Matrix ArrayReader::dense(const Cursor& at) const {
    Matrix matrix;
    for (std::size_t r = 0; r < at.size(); ++r) {
        const Cursor row = at.item(r);
        if (r == 0) matrix.columns = row.size();
        if (row.size() != matrix.columns) row.fail("the rows differ in length");
        auto& entries = matrix.rows.emplace_back();
        for (std::size_t c = 0; c < row.size(); ++c)
            if (Rational value = row.item(c).number(); value != 0) entries.push_back({c, std::move(value)});
    }
    return matrix;
}

Matrix ArrayReader::from_tensor(const Cursor& at) const {
    const Tensor& source = tensor(at, 2);
    Matrix matrix;
    if (source.count() == 0) return matrix;
    matrix.columns = source.shape[1];
    for (std::uint64_t r = 0; r < source.shape[0]; ++r) {
        auto& entries = matrix.rows.emplace_back();
        for (std::uint64_t c = 0; c < matrix.columns; ++c)
            if (Rational value = element(source, r * matrix.columns + c, at); value != 0)
                entries.push_back({c, std::move(value)});
    }
    return matrix;
}

Matrix ArrayReader::sparse(const Cursor& at) const {
    at.only({"rows", "cols", "entries"});
    Matrix matrix;
    const std::int64_t rows = at.at("rows").integer(1, most_rows);
    const std::int64_t columns = at.at("cols").integer(1, most_rows);
    matrix.columns = static_cast<std::size_t>(columns);
    matrix.rows.resize(static_cast<std::size_t>(rows));
    const Cursor entries = at.at("entries");
    for (std::size_t e = 0; e < entries.size(); ++e) {
        const Cursor entry = entries.item(e);
        if (entry.size() != 3) entry.fail("an entry is [row, column, number]");
        const auto r = static_cast<std::size_t>(entry.item(0).integer(0, rows - 1));
        const auto c = static_cast<std::size_t>(entry.item(1).integer(0, columns - 1));
        matrix.rows[r].push_back({c, entry.item(2).number()});
    }
    using Entry = Matrix::Entry;
    for (auto& row : matrix.rows) {
        std::sort(row.begin(), row.end(), [](const Entry& a, const Entry& b) { return a.column < b.column; });
        const auto same = [](const Entry& a, const Entry& b) { return a.column == b.column; };
        if (std::adjacent_find(row.begin(), row.end(), same) != row.end())
            entries.fail("one pair occurs twice");
        std::erase_if(row, [](const Entry& entry) { return entry.value == 0; });
    }
    return matrix;
}

Affine ArrayReader::affine(const Cursor& at, std::size_t inputs) const {
    const bool explicit_parts = at.is(Json::Kind::object) && at.has("weight");
    if (explicit_parts) at.only({"weight", "bias"});
    Affine map;
    map.weight = matrix(explicit_parts ? at.at("weight") : at);
    if (map.inputs() != inputs)
        at.fail(std::to_string(inputs) + " columns were expected, " + std::to_string(map.inputs()) +
                " were found");
    const auto bias = explicit_parts ? at.find("bias") : std::nullopt;
    map.bias = bias ? vector(*bias, map.outputs()) : Vector(map.outputs());
    return map;
}

}  // namespace attest::checker
