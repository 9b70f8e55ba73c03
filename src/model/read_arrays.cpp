#include "read_arrays.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"

namespace attest::model {

namespace {

constexpr std::int64_t most_rows = 1 << 20;

const Tensor& find_tensor(const base::JsonNode& node, const Tensors& tensors) {
    node.allow_keys({"tensor"});
    const base::JsonNode name = node.at("tensor");
    if (!tensors) name.fail("a file named by \"tensors\" at the top level", "no such key");
    const auto found = tensors->find(name.as_string());
    if (found == tensors->end()) name.fail("the name of a tensor in the companion file");
    return found->second;
}

std::string shape_text(const std::vector<std::uint64_t>& shape) { return fmt::format("shape [{}]", fmt::join(shape, ", ")); }

void check_shape(const base::JsonNode& node, std::size_t rows, std::size_t columns, std::size_t found_rows, std::size_t found_columns) {
    if (rows == found_rows && columns == found_columns) return;
    node.fail(fmt::format("{} × {} numbers", rows, columns), fmt::format("{} × {}", found_rows, found_columns));
}

exact::Matrix matrix_of_tensor(const base::JsonNode& node, const Tensor& tensor, std::size_t columns, std::optional<std::size_t> rows) {
    if (tensor.shape.size() != 2) node.fail("a tensor of rank 2", shape_text(tensor.shape));
    if (tensor.shape[0] > most_rows) node.fail(fmt::format("at most {} rows", most_rows), shape_text(tensor.shape));
    check_shape(node, rows.value_or(tensor.shape[0]), columns, tensor.shape[0], tensor.shape[1]);
    exact::Matrix matrix{columns, std::vector<std::vector<exact::Matrix::Entry>>(tensor.shape[0])};
    for (std::size_t r = 0; r < matrix.rows.size(); ++r)
        for (std::size_t c = 0; c < columns; ++c) {
            exact::Rational value = tensor.at(r * columns + c, fmt::format("{}[{}][{}]", node.where(), r, c));
            if (value != 0) matrix.rows[r].emplace_back(static_cast<std::uint32_t>(c), std::move(value));
        }
    return matrix;
}

exact::Matrix matrix_of_entries(const base::JsonNode& node, std::size_t columns, std::optional<std::size_t> rows) {
    node.allow_keys({"rows", "cols", "entries"});
    const auto found_rows = static_cast<std::size_t>(node.at("rows").as_integer(0, most_rows));
    const auto found_columns = static_cast<std::size_t>(node.at("cols").as_integer(0, most_rows));
    check_shape(node, rows.value_or(found_rows), columns, found_rows, found_columns);
    exact::Matrix matrix{columns, std::vector<std::vector<exact::Matrix::Entry>>(found_rows)};
    std::vector<std::pair<std::int64_t, std::int64_t>> seen;
    for (const base::JsonNode& entry : node.at("entries").elements()) {
        const std::vector<base::JsonNode> parts = entry.elements();
        if (parts.size() != 3) entry.fail("[row, column, number]");
        const std::int64_t r = parts[0].as_integer(0, static_cast<std::int64_t>(found_rows) - 1);
        const std::int64_t c = parts[1].as_integer(0, static_cast<std::int64_t>(found_columns) - 1);
        exact::Rational value = exact::read_rational(parts[2]);
        seen.emplace_back(r, c);
        if (value != 0) matrix.rows[static_cast<std::size_t>(r)].emplace_back(static_cast<std::uint32_t>(c), std::move(value));
    }
    std::sort(seen.begin(), seen.end());
    if (const auto twice = std::adjacent_find(seen.begin(), seen.end()); twice != seen.end())
        node.at("entries").fail("no pair of row and column twice", fmt::format("[{}, {}] again", twice->first, twice->second));
    for (auto& row : matrix.rows) std::sort(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return matrix;
}

exact::Matrix matrix_of_rows(const base::JsonNode& node, std::size_t columns, std::optional<std::size_t> rows) {
    const std::vector<base::JsonNode> lists = node.elements();
    if (rows && lists.size() != *rows) node.fail(fmt::format("{} rows", *rows), fmt::format("{}", lists.size()));
    if (lists.size() > most_rows) node.fail(fmt::format("at most {} rows", most_rows));
    exact::Matrix matrix{columns, {}};
    for (const base::JsonNode& list : lists) {
        const std::vector<base::JsonNode> numbers = list.elements();
        if (numbers.size() != columns) list.fail(fmt::format("a row of {} numbers", columns), fmt::format("{}", numbers.size()));
        auto& row = matrix.rows.emplace_back();
        for (std::size_t c = 0; c < columns; ++c)
            if (exact::Rational value = exact::read_rational(numbers[c]); value != 0)
                row.emplace_back(static_cast<std::uint32_t>(c), std::move(value));
    }
    return matrix;
}

}  // namespace

exact::Vector read_vector(const base::JsonNode& node, std::size_t size, const Tensors& tensors) {
    exact::Vector vector;
    if (node.value().is_object()) {
        const Tensor& tensor = find_tensor(node, tensors);
        if (tensor.shape.size() != 1 || tensor.shape[0] != size)
            node.fail(fmt::format("a tensor of shape [{}]", size), shape_text(tensor.shape));
        for (std::size_t k = 0; k < size; ++k) vector.push_back(tensor.at(k, fmt::format("{}[{}]", node.where(), k)));
        return vector;
    }
    const std::vector<base::JsonNode> numbers = node.elements();
    if (numbers.size() != size) node.fail(fmt::format("a list of {} numbers", size), fmt::format("{}", numbers.size()));
    for (const base::JsonNode& number : numbers) vector.push_back(exact::read_rational(number));
    return vector;
}

exact::Matrix read_matrix(const base::JsonNode& node, std::size_t columns, std::optional<std::size_t> rows, const Tensors& tensors) {
    if (node.value().is_array()) return matrix_of_rows(node, columns, rows);
    if (!node.value().is_object()) node.fail("a matrix (list of rows, tensor, or rows/cols/entries)");
    if (node.has("tensor")) return matrix_of_tensor(node, find_tensor(node, tensors), columns, rows);
    return matrix_of_entries(node, columns, rows);
}

exact::AffineMap read_affine(const base::JsonNode& node, std::size_t inputs, std::optional<std::size_t> outputs, const Tensors& tensors) {
    if (!node.value().is_object() || !(node.has("weight") || node.has("bias")))
        return {read_matrix(node, inputs, outputs, tensors), {}};
    node.allow_keys({"weight", "bias"});
    exact::AffineMap map{read_matrix(node.at("weight"), inputs, outputs, tensors), {}};
    if (node.has("bias")) map.bias = read_vector(node.at("bias"), map.outputs(), tensors);
    return map;
}

}  // namespace attest::model
