#include <algorithm>

#include "checker/core/cursor.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/alphabet_reader.hpp"
#include "checker/network/table_values.hpp"

// MODEL.md, section 10, read strictly: as many tables as layers and heads, each list without repetitions.

namespace attest::checker {
namespace {

class TablesReader {
  public:
    explicit TablesReader(Budget& budget) : budget_(budget) {}
    TablesReader(const TablesReader&) = delete;

    Tables read(const Cursor& root) {
        root.only({"format", "version", "alphabet", "end", "length", "layers", "heads", "activations", "attention",
                   "activation", "accept"});
        root.at("version").integer(1, 1);
        t_.alphabet = read_alphabet(root, false);
        t_.end = read_marker(root, "end", t_.alphabet);
        t_.length = read_natural_between(root.at("length"), 0, 1 << 16);
        t_.layers = read_natural_between(root.at("layers"), 0, 64);
        t_.heads = read_natural_between(root.at("heads"), 0, 1024);
        if (t_.positions() == 0) root.at("length").fail("the sequence is empty");
        const Cursor activations = root.at("activations");
        if (!activations.is(Json::Kind::null)) t_.activations = read_natural_between(activations, 1, 1 << 20);
        const Cursor attention = root.at("attention");
        for (std::size_t k = 0; k < attention.size(); ++k) read_attention(attention.item(k));
        if (const auto activation = root.find("activation")) read_activation(*activation);
        const Cursor accept = root.at("accept");
        for (std::size_t k = 0; k < accept.size(); ++k)
            if (!t_.accept.insert(values_.value(accept.item(k), t_.layers, t_.positions())).second)
                accept.item(k).fail("the value occurs twice");
        return std::move(t_);
    }

  private:
    void read_attention(const Cursor& at) {
        at.only({"layer", "head", "position", "value", "prefer"});
        const std::size_t layer = read_natural_between(at.at("layer"), 1, t_.layers);
        const std::size_t head = read_natural_between(at.at("head"), 1, t_.heads);
        const std::size_t position = query_position(at.at("position"), layer);
        const std::size_t own = values_.value(at.at("value"), layer - 1, position);
        const Cursor prefer = at.at("prefer");
        Tables::Pairs pairs;
        std::set<std::pair<std::size_t, std::size_t>> seen;
        for (std::size_t k = 0; k < prefer.size(); ++k) {
            pairs.push_back(values_.pair(prefer.item(k), layer - 1));
            if (!seen.insert(pairs.back()).second) prefer.item(k).fail("the pair occurs twice");
        }
        budget_.memory(128 + 16 * pairs.size());
        if (!t_.prefer.emplace(std::array{layer, head, position, own}, std::move(pairs)).second)
            at.fail("a second entry for this layer, head, position and value");
    }

    void read_activation(const Cursor& list) {
        if (!t_.activations) list.fail("unbounded activations have no table");
        for (std::size_t k = 0; k < list.size(); ++k) {
            const Cursor at = list.item(k);
            at.only({"layer", "position", "value", "attended", "becomes"});
            const std::size_t layer = read_natural_between(at.at("layer"), 1, t_.layers == 0 ? 0 : t_.layers - 1);
            const std::size_t position = query_position(at.at("position"), layer);
            const std::size_t own = values_.value(at.at("value"), layer - 1, position);
            const std::size_t tuple = t_.values.tuple(own, values_.pairs(at.at("attended"), 0, layer - 1), budget_);
            budget_.memory(96);
            const std::size_t becomes = read_natural_between(at.at("becomes"), 0, *t_.activations - 1);
            if (!t_.becomes.emplace(std::array{layer, position, tuple}, becomes).second)
                at.fail("a second entry for this layer, position, value and attended");
        }
    }

    std::size_t query_position(const Cursor& at, std::size_t layer) const {
        return read_natural_between(at, layer == t_.layers ? t_.positions() : 1, t_.positions());
    }

    Budget& budget_;
    Tables t_;
    TableValues values_{t_, budget_};
};

}  // namespace

bool holds_tables(const Json& json, const std::string& file) {
    const auto format = Cursor(json, file + ": ").find("format");
    return format && format->is(Json::Kind::string) && format->string() == "attest/guhat";
}

Tables read_tables(std::string_view bytes, const std::string& file, Budget& budget) {
    return read_tables(parse_json(bytes, file, budget), file, budget);
}

Tables read_tables(const Json& json, const std::string& file, Budget& budget) {
    const Cursor root(json, file + ": ");
    if (root.at("format").string() != "attest/guhat") root.at("format").fail("\"attest/guhat\" was expected");
    return TablesReader(budget).read(root);
}

}  // namespace attest::checker
