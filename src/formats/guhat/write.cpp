#include <algorithm>
#include <tuple>

#include "../pretty.hpp"
#include "attest/formats/file.hpp"
#include "base/json_text.hpp"

namespace attest::formats {

namespace {

using Json = nlohmann::ordered_json;

class Writer {
  public:
    explicit Writer(const network::Guhat& guhat) : g_(guhat) {}

    Json value(network::ValueId v) const {
        switch (g_.values.kind(v)) {
            case network::Values::Kind::symbol: {
                const std::uint64_t s = g_.values.number(v);
                return s == g_.alphabet.size() ? *g_.end : g_.alphabet.symbol(static_cast<language::Symbol>(s));
            }
            case network::Values::Kind::activation: return g_.values.number(v);
            case network::Values::Kind::tuple: break;
        }
        Json list = Json::array({value(g_.values.own(v))});
        for (const network::Pair& p : g_.values.attended(v)) list.push_back(pair(p));
        return list;
    }

    Json attention() const {
        std::vector<const std::pair<const network::Guhat::Asking, std::vector<network::Pair>>*> entries;
        for (const auto& entry : g_.attention)
            if (!entry.second.empty()) entries.push_back(&entry);
        std::sort(entries.begin(), entries.end(), [&](const auto* a, const auto* b) {
            const network::Guhat::Asking &x = a->first, &y = b->first;
            const auto places = std::tie(x.layer, x.head, x.position) <=> std::tie(y.layer, y.head, y.position);
            return (places != 0 ? places : g_.values.compare(x.value, y.value)) < 0;
        });
        Json list = Json::array();
        for (const auto* entry : entries) {
            const auto& [asking, prefer] = *entry;
            Json pairs = Json::array();
            for (const network::Pair& p : prefer) pairs.push_back(pair(p));
            list.push_back({{"layer", asking.layer},
                            {"head", asking.head},
                            {"position", asking.position},
                            {"value", value(asking.value)},
                            {"prefer", std::move(pairs)}});
        }
        return list;
    }

    Json activation() const {
        std::vector<std::pair<network::Guhat::Seen, std::int64_t>> entries;
        for (const auto& entry : g_.activation)
            if (entry.second != 0) entries.push_back(entry);
        std::sort(entries.begin(), entries.end(), [&](const auto& a, const auto& b) {
            const auto places = std::tie(a.first.layer, a.first.position) <=> std::tie(b.first.layer, b.first.position);
            return (places != 0 ? places : g_.values.compare(a.first.tuple, b.first.tuple)) < 0;
        });
        Json list = Json::array();
        for (const auto& [seen, becomes] : entries) {
            Json attended = Json::array();
            for (const network::Pair& p : g_.values.attended(seen.tuple)) attended.push_back(pair(p));
            list.push_back({{"layer", seen.layer},
                            {"position", seen.position},
                            {"value", value(g_.values.own(seen.tuple))},
                            {"attended", std::move(attended)},
                            {"becomes", becomes}});
        }
        return list;
    }

    Json accept() const {
        std::vector<network::ValueId> accepted(g_.accept.begin(), g_.accept.end());
        std::sort(accepted.begin(), accepted.end(),
                  [&](network::ValueId a, network::ValueId b) { return g_.values.compare(a, b) < 0; });
        Json list = Json::array();
        for (const network::ValueId v : accepted) list.push_back(value(v));
        return list;
    }

  private:
    Json pair(const network::Pair& p) const { return Json::array({p.position, value(p.value)}); }

    const network::Guhat& g_;
};

}  // namespace

std::string spell(const network::Guhat& guhat, network::ValueId value) {
    return base::json_text(Writer(guhat).value(value));
}

std::string write_guhat(const network::Guhat& g) {
    const Writer writer(g);
    Json document = {{"format", "attest/guhat"}, {"version", 1}, {"alphabet", g.alphabet.symbols()}};
    if (g.end) document["end"] = *g.end;
    document["length"] = g.length;
    document["layers"] = g.layers;
    document["heads"] = g.heads;
    document["activations"] = g.activations ? Json(*g.activations) : Json();
    document["attention"] = writer.attention();
    if (g.activations) document["activation"] = writer.activation();
    document["accept"] = writer.accept();
    return pretty(document) + "\n";
}

std::string write_keys(const network::Guhat& g, const network::GuhatKeys& keys) {
    const Writer writer(g);
    Json numbers = Json::array(), signs = Json::array();
    for (const auto& [key, number] : keys.numbers)
        numbers.push_back({{"layer", key.layer},
                           {"head", key.head},
                           {"position", key.pair.position},
                           {"value", writer.value(key.pair.value)},
                           {"number", number}});
    for (const auto& [query, sign] : keys.signs)
        signs.push_back({{"layer", query.layer},
                         {"head", query.head},
                         {"position", query.position},
                         {"value", writer.value(query.value)},
                         {"sign", sign > 0   ? "+"
                                  : sign < 0 ? "-"
                                             : "0"}});
    return pretty({{"keys", std::move(numbers)}, {"queries", std::move(signs)}}) + "\n";
}

}  // namespace attest::formats
