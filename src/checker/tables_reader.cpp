#include <algorithm>

#include "checker/cursor.hpp"
#include "checker/defect.hpp"
#include "checker/tables.hpp"

namespace attest::checker {
namespace {

class TablesReader {
  public:
    explicit TablesReader(Budget& budget) : budget_(budget) {}

    Tables read(const Cursor& top) {
        top.only({"format", "version", "alphabet", "end", "length", "layers", "heads", "activations",
                  "attention", "activation", "accept"});
        top.at("version").integer(1, 1);
        read_alphabet(top);
        t_.length = natural(top.at("length"), 0, 1 << 16);
        t_.layers = natural(top.at("layers"), 0, 64);
        t_.heads = natural(top.at("heads"), 0, 1024);
        if (t_.positions() == 0) top.at("length").fail("the sequence is empty");
        const Cursor activations = top.at("activations");
        if (!activations.is(Json::Kind::null)) t_.activations = natural(activations, 1, 1 << 20);
        const Cursor attention = top.at("attention");
        for (std::size_t k = 0; k < attention.size(); ++k) read_attention(attention.item(k));
        if (const auto activation = top.find("activation")) read_activation(*activation);
        const Cursor accept = top.at("accept");
        for (std::size_t k = 0; k < accept.size(); ++k)
            if (!t_.accept.insert(value(accept.item(k), t_.layers, t_.positions())).second)
                accept.item(k).fail("the value occurs twice");
        return std::move(t_);
    }

  private:
    static std::size_t natural(const Cursor& at, std::size_t least, std::size_t most) {
        if (most < least) at.fail("there is none that could stand here");
        return static_cast<std::size_t>(
            at.integer(static_cast<std::int64_t>(least), static_cast<std::int64_t>(most)));
    }

    void read_alphabet(const Cursor& top) {
        const Cursor alphabet = top.at("alphabet");
        if (alphabet.size() == 0) alphabet.fail("at least one symbol was expected");
        for (std::size_t a = 0; a < alphabet.size(); ++a) {
            const std::string& symbol = alphabet.item(a).string();
            if (!is_symbol(symbol)) alphabet.item(a).fail("a symbol is one character");
            if (std::find(t_.alphabet.begin(), t_.alphabet.end(), symbol) != t_.alphabet.end())
                alphabet.item(a).fail("the symbol occurs twice");
            t_.alphabet.push_back(symbol);
        }
        const auto end = top.find("end");
        if (!end || end->is(Json::Kind::null)) return;
        t_.end = end->string();
        if (t_.end->empty()) end->fail("an empty symbol");
        if (std::find(t_.alphabet.begin(), t_.alphabet.end(), *t_.end) != t_.alphabet.end())
            end->fail("the symbol is in the alphabet");
    }

    void read_attention(const Cursor& at) {
        at.only({"layer", "head", "position", "value", "prefer"});
        const std::size_t layer = natural(at.at("layer"), 1, t_.layers);
        const std::size_t head = natural(at.at("head"), 1, t_.heads);
        const std::size_t position = asking_position(at.at("position"), layer);
        const std::size_t asking = value(at.at("value"), layer - 1, position);
        const Cursor prefer = at.at("prefer");
        Tables::Pairs pairs;
        std::set<std::pair<std::size_t, std::size_t>> seen;
        for (std::size_t k = 0; k < prefer.size(); ++k) {
            pairs.push_back(pair(prefer.item(k), layer - 1));
            if (!seen.insert(pairs.back()).second) prefer.item(k).fail("the pair occurs twice");
        }
        budget_.memory(128 + 16 * pairs.size());
        if (!t_.prefer.emplace(std::array{layer, head, position, asking}, std::move(pairs)).second)
            at.fail("a second entry for this layer, head, position and value");
    }

    void read_activation(const Cursor& list) {
        if (!t_.activations) list.fail("unbounded activations have no table");
        for (std::size_t k = 0; k < list.size(); ++k) {
            const Cursor at = list.item(k);
            at.only({"layer", "position", "value", "attended", "becomes"});
            const std::size_t layer = natural(at.at("layer"), 1, t_.layers == 0 ? 0 : t_.layers - 1);
            const std::size_t position = asking_position(at.at("position"), layer);
            const std::size_t own = value(at.at("value"), layer - 1, position);
            const std::size_t tuple =
                t_.values.tuple(own, pairs(at.at("attended"), 0, layer - 1), budget_);
            budget_.memory(96);
            const std::size_t becomes = natural(at.at("becomes"), 0, *t_.activations - 1);
            if (!t_.becomes.emplace(std::array{layer, position, tuple}, becomes).second)
                at.fail("a second entry for this layer, position, value and attended");
        }
    }

    std::size_t asking_position(const Cursor& at, std::size_t layer) const {
        return natural(at, layer == t_.layers ? t_.positions() : 1, t_.positions());
    }

    std::size_t value(const Cursor& at, std::size_t layer, std::size_t position) {
        if (layer == 0) return symbol(at, position);
        if (t_.is_bounded(layer)) return t_.values.activation(natural(at, 0, *t_.activations - 1), budget_);
        if (at.size() == 0) at.fail("a value before the layer was expected");
        const std::size_t own = value(at.item(0), layer - 1, position);
        return t_.values.tuple(own, pairs(at, 1, layer - 1), budget_);
    }

    std::size_t symbol(const Cursor& at, std::size_t position) {
        const std::string& text = at.string();
        if (t_.end && position == t_.positions()) {
            if (text != *t_.end) at.fail("the end symbol was expected at the last position");
            return t_.values.symbol(t_.alphabet.size(), budget_);
        }
        const auto found = std::find(t_.alphabet.begin(), t_.alphabet.end(), text);
        if (found == t_.alphabet.end()) at.fail("\"" + text + "\" is not in the alphabet");
        return t_.values.symbol(static_cast<std::size_t>(found - t_.alphabet.begin()), budget_);
    }

    Tables::Pairs pairs(const Cursor& list, std::size_t first, std::size_t layer) {
        if (list.size() != first + t_.heads) list.fail("a pair for each head was expected");
        Tables::Pairs result;
        for (std::size_t k = first; k < list.size(); ++k) result.push_back(pair(list.item(k), layer));
        return result;
    }

    std::pair<std::size_t, std::size_t> pair(const Cursor& at, std::size_t layer) {
        if (at.size() != 2) at.fail("a pair is [position, value]");
        const std::size_t position = natural(at.item(0), 1, t_.positions());
        return {position, value(at.item(1), layer, position)};
    }

    Budget& budget_;
    Tables t_;
};

}  // namespace

bool holds_tables(std::string_view bytes, const std::string& file) {
    const Json json = parse_json(bytes, file);
    const auto format = Cursor(json, file + ": ").find("format");
    return format && format->is(Json::Kind::string) && format->string() == "attest/guhat";
}

Tables read_tables(std::string_view bytes, const std::string& file, Budget& budget) {
    const Json json = parse_json(bytes, file);
    const Cursor top(json, file + ": ");
    if (top.at("format").string() != "attest/guhat") top.at("format").fail("\"attest/guhat\" was expected");
    return TablesReader(budget).read(top);
}

}  // namespace attest::checker
