#include "random_guhat.hpp"

#include <algorithm>

namespace attest::tests {

namespace {

using Json = nlohmann::ordered_json;

class Generator {
  public:
    explicit Generator(base::Random& random) : random_(random) {}

    Json make() {
        symbols_ = 1 + random_.below(3);
        end_ = random_.chance(2, 3);
        length_ = end_ ? random_.below(4) : 1 + random_.below(4);
        layers_ = random_.below(4);
        heads_ = random_.below(3);
        if (layers_ == 3) heads_ = std::min<std::uint64_t>(heads_, 1);
        activations_ = random_.chance(1, 2) ? 1 + random_.below(3) : 0;
        n_ = length_ + (end_ ? 1 : 0);
        Json tables = {{"format", "attest/guhat"}, {"version", 1}, {"alphabet", Json::array()}};
        for (std::uint64_t s = 0; s < symbols_; ++s) tables["alphabet"].push_back(std::to_string(s));
        if (end_) tables["end"] = "$";
        tables["length"] = length_;
        tables["layers"] = layers_;
        tables["heads"] = heads_;
        tables["activations"] = activations_ != 0 ? Json(activations_) : Json();
        tables["attention"] = attention();
        if (activations_ != 0) tables["activation"] = activation();
        tables["accept"] = several(30, [&] { return value(layers_, n_); });
        return tables;
    }

  private:
    Json value(std::uint64_t layer, std::uint64_t position) {
        if (layer == 0) return end_ && position == n_ ? "$" : std::to_string(random_.below(symbols_));
        if (activations_ != 0 && layer < layers_) return random_.below(activations_);
        Json tuple = Json::array();
        tuple.push_back(value(layer - 1, position));
        for (std::uint64_t h = 0; h < heads_; ++h) tuple.push_back(pair(layer - 1));
        return tuple;
    }

    Json pair(std::uint64_t layer) {
        const std::uint64_t j = 1 + random_.below(n_);
        Json result = Json::array();
        result.push_back(j);
        result.push_back(value(layer, j));
        return result;
    }

    std::uint64_t asking(std::uint64_t layer) { return layer == layers_ ? n_ : 1 + random_.below(n_); }

    template <typename Make>
    Json several(std::uint64_t most, Make make) {
        Json list = Json::array();
        for (std::uint64_t k = random_.below(most + 1); k > 0; --k) {
            Json one = make();
            if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(std::move(one));
        }
        return list;
    }

    /// Drops entries that answer what an earlier one answers.
    Json distinct(const Json& entries, const std::string& answer) {
        Json list = Json::array();
        for (const Json& entry : entries)
            if (std::none_of(list.begin(), list.end(), [&](Json other) {
                    other[answer] = entry[answer];
                    return other == entry;
                }))
                list.push_back(entry);
        return list;
    }

    Json attention() {
        if (layers_ == 0 || heads_ == 0) return Json::array();
        return distinct(several(40,
                                [&]() -> Json {
                                    const std::uint64_t layer = 1 + random_.below(layers_), i = asking(layer);
                                    return {{"layer", layer},
                                            {"head", 1 + random_.below(heads_)},
                                            {"position", i},
                                            {"value", value(layer - 1, i)},
                                            {"prefer", several(8, [&] { return pair(layer - 1); })}};
                                }),
                        "prefer");
    }

    Json activation() {
        if (layers_ < 2) return Json::array();
        return distinct(several(60,
                                [&]() -> Json {
                                    const std::uint64_t layer = 1 + random_.below(layers_ - 1), i = asking(layer);
                                    Json attended = Json::array();
                                    for (std::uint64_t h = 0; h < heads_; ++h) attended.push_back(pair(layer - 1));
                                    return {{"layer", layer},
                                            {"position", i},
                                            {"value", value(layer - 1, i)},
                                            {"attended", std::move(attended)},
                                            {"becomes", random_.below(activations_)}};
                                }),
                        "becomes");
    }

    base::Random& random_;
    std::uint64_t symbols_ = 0, length_ = 0, layers_ = 0, heads_ = 0, activations_ = 0, n_ = 0;
    bool end_ = false;
};

/// The pair that a head attends to.
Json attended(const Json& tables, std::size_t layer, std::size_t head, std::size_t position,
              const std::vector<Json>& values) {
    std::vector<Json> order;
    for (const Json& entry : tables["attention"])
        if (entry["layer"] == layer && entry["head"] == head && entry["position"] == position &&
            entry["value"] == values[position - 1])
            order.assign(entry["prefer"].begin(), entry["prefer"].end());
    for (std::size_t j = 1; j <= values.size(); ++j) order.push_back(Json::array({j, values[j - 1]}));
    for (const Json& pair : order)
        if (values[pair[0].get<std::size_t>() - 1] == pair[1]) return pair;
    return {};
}

}  // namespace

nlohmann::ordered_json random_guhat(base::Random& random) { return Generator(random).make(); }

bool naive_guhat_accepts(const nlohmann::ordered_json& tables, const std::vector<std::string>& word) {
    std::vector<Json> values(word.begin(), word.end());
    if (tables.contains("end")) values.push_back(tables["end"]);
    const std::size_t layers = tables["layers"], heads = tables["heads"];
    for (std::size_t layer = 1; layer <= layers; ++layer) {
        std::vector<Json> next;
        for (std::size_t i = 1; i <= values.size(); ++i) {
            Json pairs = Json::array();
            for (std::size_t h = 1; h <= heads; ++h) pairs.push_back(attended(tables, layer, h, i, values));
            if (layer < layers && !tables["activations"].is_null()) {
                Json becomes = 0;
                for (const Json& entry : tables["activation"])
                    if (entry["layer"] == layer && entry["position"] == i && entry["value"] == values[i - 1] &&
                        entry["attended"] == pairs)
                        becomes = entry["becomes"];
                next.push_back(becomes);
            } else {
                pairs.insert(pairs.begin(), values[i - 1]);
                next.push_back(pairs);
            }
        }
        values = next;
    }
    return std::find(tables["accept"].begin(), tables["accept"].end(), values.back()) != tables["accept"].end();
}

}  // namespace attest::tests
