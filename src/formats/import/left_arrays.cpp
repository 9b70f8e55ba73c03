#include "left_arrays.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace attest::formats::import {

exact::Rational hexadecimal(const base::JsonNode& node) {
    const std::string& text = node.as_string();
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    const bool is_hexadecimal =
        text.find("0x") != std::string::npos && text.find_first_of(" \t\n\v\f\r") == std::string::npos;
    if (!is_hexadecimal || end != text.c_str() + text.size() || !std::isfinite(value))
        node.fail("a hexadecimal number such as \"0x1.8p+1\"");
    return exact::Rational(value);
}

exact::Matrix transposed(const base::JsonNode& node, std::size_t rows, std::size_t columns) {
    exact::Matrix matrix;
    matrix.columns = rows;
    matrix.rows.resize(columns);
    const std::vector<base::JsonNode> lines = node.elements();
    if (lines.size() != rows) node.fail(fmt::format("{} rows", rows), std::to_string(lines.size()));
    for (std::size_t r = 0; r < rows; ++r) {
        const std::vector<base::JsonNode> numbers = lines[r].elements();
        if (numbers.size() != columns)
            lines[r].fail(fmt::format("{} numbers", columns), std::to_string(numbers.size()));
        for (std::size_t c = 0; c < columns; ++c)
            if (const exact::Rational x = hexadecimal(numbers[c]); x != 0)
                matrix.rows[c].emplace_back(static_cast<std::uint32_t>(r), x);
    }
    return matrix;
}

std::size_t width(const base::JsonNode& node) {
    if (node.size() == 0) node.fail("at least one row");
    return node.elements()[0].size();
}

}  // namespace attest::formats::import
