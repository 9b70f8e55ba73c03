#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/programs/zoo.hpp"
#include "base/random.hpp"
#include "measure/influence/float_network.hpp"
#include "program.hpp"
#include "subject.hpp"
#include "tables.hpp"
#include "timing.hpp"

// All N changes of one symbol in doubles, beside PyTorch with the same weights.

namespace attest::benchmarks {

namespace {

using nlohmann::ordered_json;

ordered_json numbers(const exact::Vector& vector) {
    ordered_json list = ordered_json::array();
    for (const exact::Rational& x : vector) list.push_back(x.get_d());
    return list;
}

ordered_json matrix(const exact::AffineMap& map) {
    ordered_json rows = ordered_json::array();
    for (const auto& entries : map.weight.rows) {
        std::vector<double> row(map.inputs(), 0);
        for (const auto& [column, value] : entries) row[column] = value.get_d();
        rows.push_back(row);
    }
    return rows;
}

ordered_json describe(const network::Layer& layer, std::int64_t n) {
    ordered_json object = {{"heads", ordered_json::array()}, {"maps", ordered_json::array()}};
    if (layer.attention)
        for (const network::Head& head : layer.attention->heads)
            object["heads"].push_back(
                {{"query", head.query ? matrix(*head.query) : ordered_json(nullptr)},
                 {"key", head.key ? matrix(*head.key) : ordered_json(nullptr)},
                 {"value", matrix(head.value)},
                 {"output", matrix(head.output)},
                 {"scale", head.query ? enclose_scale(*layer.attention, head, n, 64).middle() : 1}});
    if (layer.feedforward)
        for (const exact::AffineMap& map : layer.feedforward->maps)
            object["maps"].push_back({{"weight", matrix(map)},
                                      {"bias", map.bias.empty() ? std::vector<double>(map.outputs(), 0)
                                                                : numbers(map.bias).get<std::vector<double>>()}});
    return object;
}

/// The network and one word, as the rival reads them.
/// Needs   no masks, norms or biases in maps of attention
ordered_json describe(const network::Transformer& t, const language::Word& word) {
    const auto length = static_cast<std::int64_t>(word.size()), n = t.sequence_length(length);
    ordered_json object = {
        {"tokens", ordered_json::array()}, {"changed", ordered_json::array()}, {"layers", ordered_json::array()}};
    const std::int64_t first = t.begin ? 1 : 0;
    const auto vector_at = [&](const exact::Vector& embedding, std::int64_t p) {
        exact::Vector sum = position_vector(t, p + 1, n);
        for (std::size_t c = 0; c < t.dimension; ++c) sum[c] += embedding[c];
        return numbers(sum);
    };
    for (std::int64_t p = 0; p < n; ++p) {
        const bool is_word = p >= first && p < first + length;
        if (!is_word) {
            object["tokens"].push_back(vector_at(p < first ? t.begin_embedding : t.end_embedding, p));
            continue;
        }
        const language::Symbol symbol = word[static_cast<std::size_t>(p - first)];
        object["tokens"].push_back(vector_at(t.embedding[symbol], p));
        object["changed"].push_back(vector_at(t.embedding[1 - symbol], p));
    }
    for (const network::Layer& layer : t.layers) object["layers"].push_back(describe(layer, n));
    object["readout"] = numbers(t.readout.weight);
    object["bias"] = t.readout.bias.get_d();
    object["reader"] = t.readout_position(n) - 1;
    object["first"] = first;
    return object;
}

/// The greatest difference between two lists of logits, beside the greatest of them.
double disagreement(const std::vector<double>& ours, const std::vector<double>& theirs) {
    double most = 0, difference = 0;
    for (std::size_t p = 0; p < theirs.size(); ++p) {
        most = std::max(most, std::abs(theirs[p]));
        difference = std::max(difference, std::abs(theirs[p] - ours[p]));
    }
    return most > 0 ? difference / most : 0;
}

void add_row(Table& table, const std::string& name, std::int64_t length, const Settings& settings) {
    const network::Transformer t = programs::zoo_model(name);
    base::Random random(settings.seed);
    language::Word word(static_cast<std::size_t>(length));
    for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(2));
    const influence::FloatNetwork floats(t, length, std::size_t{4} << 30);
    double logit = 0;
    const double single = best_of(2, [&] { logit = floats.logit(word); });
    std::vector<double> logits(word.size());
    const double all = best_of(2, [&] {
        const std::vector<double> zeros = floats.replaced(word, 0), ones = floats.replaced(word, 1);
        for (std::size_t p = 0; p < word.size(); ++p) logits[p] = word[p] == 0 ? ones[p] : zeros[p];
    });
    const std::string network = settings.directory + "/network.json";
    base::write_file(network, describe(t, word).dump());
    const Run rival = run_program(
        {"/usr/bin/python3", ATTEST_INFLUENCE_RIVAL, network, fmt::format("{}", settings.limit)}, 20 * settings.limit);
    const ordered_json found = rival.finished && rival.status == 0 ? ordered_json::parse(rival.output)
                                                                   : ordered_json{{"missing", rival.output}};
    std::vector<Cell> cells = {text(name), count(static_cast<std::size_t>(length)), seconds(single), seconds(all)};
    if (found.contains("missing")) {
        cells.insert(cells.end(), {none(), none(), none(), none(), none(), none(), none()});
        table.note(fmt::format("no rival: {}", found.at("missing").get<std::string>()));
    } else {
        const double theirs = found.at("single"), one = found.at("one_by_one"), batch = found.at("batched");
        cells.insert(cells.end(), {seconds(theirs), ratio(theirs / single), seconds(batch), ratio(batch / all),
                                   seconds(one), ratio(one / all),
                                   number(std::max(disagreement(logits, found.at("logits").get<std::vector<double>>()),
                                                   disagreement({logit}, {found.at("logit").get<double>()})),
                                          2)});
    }
    table.add(std::move(cells));
}

}  // namespace

Table influence_table(const Settings& settings) {
    Table table("influence",
                "All N changes of one symbol in doubles: one summand of each softmax exchanged, against whole forward "
                "passes (PyTorch, float64, one thread)",
                {"network", "N", "pass", "all N", "PyTorch pass", "ratio", "batches", "ratio", "one by one", "ratio",
                 "difference"});
    table.begin();
    for (const char* name : {"chiang-cholak-parity", "random-bounded-2-4-32-seed-1"})
        for (const std::int64_t length : {256, 1024, 4096}) add_row(table, name, length, settings);
    table.note(
        "difference: of logits, beside the greatest logit; passes of the rival beyond the limit are extrapolated");
    return table;
}

}  // namespace attest::benchmarks
