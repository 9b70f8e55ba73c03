#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "attest/formats/file.hpp"
#include "base/random.hpp"
#include "random_model.hpp"
#include "seed.hpp"

// Matrices without zeros are written row by row, others by their entries; either way the same model is read again.

namespace attest::formats {

namespace {

exact::Matrix full(std::size_t rows, std::size_t columns, base::Random& random) {
    exact::Matrix matrix{columns, std::vector<std::vector<exact::Matrix::Entry>>(rows)};
    for (auto& row : matrix.rows)
        for (std::uint32_t c = 0; c < columns; ++c)
            row.emplace_back(c, exact::Rational(1 + static_cast<long>(random.below(1000)), 1024));
    for (auto& row : matrix.rows)
        for (auto& entry : row) entry.second.canonicalize();
    return matrix;
}

}  // namespace

TEST_CASE("a matrix without zeros is written by rows and read again, and one with a zero by entries") {
    INFO("seed " << attest::tests::seed());
    base::Random random(attest::tests::seed());
    for (const bool has_zero : {false, true}) {
        network::Transformer t = attest::tests::random_model(random, {});
        network::Layer layer;
        layer.feedforward.emplace();
        layer.feedforward->maps = {{full(64, t.dimension, random), {}}, {full(t.dimension, 64, random), {}}};
        if (has_zero) layer.feedforward->maps[0].weight.rows[3].pop_back();
        t.layers = {layer};
        const std::string text = write_model(t);
        const auto maps = nlohmann::json::parse(text).at("layers").at(0).at("feedforward").at("maps");
        CHECK(maps.at(0).is_object() == has_zero);
        CHECK(maps.at(1).is_array());
        const network::Transformer again = parse_model(text, "m.json");
        REQUIRE(again.layers.size() == 1);
        CHECK(again.layers[0].feedforward->maps[0].weight == layer.feedforward->maps[0].weight);
        CHECK(again.layers[0].feedforward->maps[1].weight == layer.feedforward->maps[1].weight);
        CHECK(write_model(again) == text);
    }
}

}  // namespace attest::formats
