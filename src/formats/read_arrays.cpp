#include "read_arrays.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "tensor_view.hpp"

namespace attest::formats {

namespace {

constexpr std::int64_t most_rows = 1 << 20;

void check_shape(const base::JsonNode& node, std::size_t rows, std::size_t columns, std::size_t found_rows,
                 std::size_t found_columns) {
    if (rows == found_rows && columns == found_columns) return;
    node.fail(fmt::format("{} × {} numbers", rows, columns), fmt::format("{} × {}", found_rows, found_columns));
}

/// Version 1 has no empty sums.
void check_size(const base::JsonNode& node, std::size_t rows, std::size_t columns, const Tensors& tensors) {
    if (rows > most_rows) node.fail(fmt::format("at most {} rows", most_rows), std::to_string(rows));
    if (tensors.version == 1 && (rows == 0 || columns == 0))
        node.fail("at least one row and one column (a model of version 2 may have none)",
                  fmt::format("{} × {}", rows, columns));
}

exact::Matrix matrix_of_tensor(const base::JsonNode& node, const Tensors& tensors, std::size_t columns,
                               std::optional<std::size_t> rows) {
    const TensorView view(node, tensors);
    if (view.rank() != 2) node.fail("a tensor of rank 2", view.shape());
    check_size(node, view.rows(), view.columns(), tensors);
    check_shape(node, rows.value_or(view.rows()), columns, view.rows(), view.columns());
    exact::Matrix matrix{columns, std::vector<std::vector<exact::Matrix::Entry>>(view.rows())};
    for (std::size_t r = 0; r < matrix.rows.size(); ++r)
        for (std::size_t c = 0; c < columns; ++c) {
            exact::Rational value = view.at(r, c, fmt::format("{}[{}][{}]", node.where(), r, c));
            if (value != 0) matrix.rows[r].emplace_back(static_cast<std::uint32_t>(c), std::move(value));
        }
    return matrix;
}

exact::Matrix matrix_of_entries(const base::JsonNode& node, const Tensors& tensors, std::size_t columns,
                                std::optional<std::size_t> rows) {
    node.allow_keys({"rows", "cols", "entries"});
    const auto found_rows = static_cast<std::size_t>(node.at("rows").as_integer(0, most_rows));
    const auto found_columns = static_cast<std::size_t>(node.at("cols").as_integer(0, most_rows));
    check_size(node, found_rows, found_columns, tensors);
    check_shape(node, rows.value_or(found_rows), columns, found_rows, found_columns);
    exact::Matrix matrix{columns, std::vector<std::vector<exact::Matrix::Entry>>(found_rows)};
    std::vector<std::pair<std::int64_t, std::int64_t>> seen;
    for (const base::JsonNode& entry : node.at("entries").elements()) {
        const std::vector<base::JsonNode> parts = entry.elements();
        if (parts.size() != 3) entry.fail("[row, column, number]");
        const std::int64_t r = parts[0].as_integer(0, static_cast<std::int64_t>(found_rows) - 1);
        const std::int64_t c = parts[1].as_integer(0, static_cast<std::int64_t>(found_columns) - 1);
        exact::Rational value = read_number(parts[2], tensors);
        seen.emplace_back(r, c);
        if (value != 0)
            matrix.rows[static_cast<std::size_t>(r)].emplace_back(static_cast<std::uint32_t>(c), std::move(value));
    }
    std::sort(seen.begin(), seen.end());
    if (const auto twice = std::adjacent_find(seen.begin(), seen.end()); twice != seen.end())
        node.at("entries").fail("no pair of row and column twice",
                                fmt::format("[{}, {}] again", twice->first, twice->second));
    for (auto& row : matrix.rows)
        std::sort(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return matrix;
}

exact::Matrix matrix_of_rows(const base::JsonNode& node, const Tensors& tensors, std::size_t columns,
                             std::optional<std::size_t> rows) {
    const std::vector<base::JsonNode> lists = node.elements();
    if (rows && lists.size() != *rows) node.fail(fmt::format("{} rows", *rows), fmt::format("{}", lists.size()));
    check_size(node, lists.size(), columns, tensors);
    exact::Matrix matrix{columns, {}};
    for (const base::JsonNode& list : lists) {
        const std::vector<base::JsonNode> numbers = list.elements();
        if (numbers.size() != columns)
            list.fail(fmt::format("a row of {} numbers", columns), fmt::format("{}", numbers.size()));
        auto& row = matrix.rows.emplace_back();
        for (std::size_t c = 0; c < columns; ++c)
            if (exact::Rational value = read_number(numbers[c], tensors); value != 0)
                row.emplace_back(static_cast<std::uint32_t>(c), std::move(value));
    }
    return matrix;
}

}  // namespace

exact::Rational read_number(const base::JsonNode& node, const Tensors& tensors) {
    if (tensors.version == 1 || !node.value().is_object()) return exact::read_rational(node);
    const TensorView view(node, tensors);
    if (view.count() != 1) node.fail("a tensor of one entry", view.shape());
    return view.at(0, node.where());
}

exact::Vector read_vector(const base::JsonNode& node, std::size_t size, const Tensors& tensors) {
    exact::Vector vector;
    if (node.value().is_object()) {
        const TensorView view(node, tensors);
        const bool line = tensors.version == 2 && view.rank() == 2 && (view.rows() == 1 || view.columns() == 1);
        if (!(view.rank() == 1 || line) || view.count() != size)
            node.fail(fmt::format("a tensor of shape [{}]", size), view.shape());
        for (std::size_t k = 0; k < size; ++k) vector.push_back(view.at(k, fmt::format("{}[{}]", node.where(), k)));
        return vector;
    }
    const std::vector<base::JsonNode> numbers = node.elements();
    if (numbers.size() != size) node.fail(fmt::format("a list of {} numbers", size), fmt::format("{}", numbers.size()));
    for (const base::JsonNode& number : numbers) vector.push_back(read_number(number, tensors));
    return vector;
}

exact::Matrix read_matrix(const base::JsonNode& node, std::size_t columns, std::optional<std::size_t> rows,
                          const Tensors& tensors) {
    if (node.value().is_array()) return matrix_of_rows(node, tensors, columns, rows);
    if (!node.value().is_object()) node.fail("a matrix (list of rows, tensor, or rows/cols/entries)");
    if (node.has("tensor")) return matrix_of_tensor(node, tensors, columns, rows);
    return matrix_of_entries(node, tensors, columns, rows);
}

exact::AffineMap read_affine(const base::JsonNode& node, std::size_t inputs, std::optional<std::size_t> outputs,
                             const Tensors& tensors) {
    if (!node.value().is_object() || !(node.has("weight") || node.has("bias")))
        return {read_matrix(node, inputs, outputs, tensors), {}};
    node.allow_keys({"weight", "bias"});
    exact::AffineMap map{read_matrix(node.at("weight"), inputs, outputs, tensors), {}};
    if (node.has("bias")) map.bias = read_vector(node.at("bias"), map.outputs(), tensors);
    return map;
}

}  // namespace attest::formats
