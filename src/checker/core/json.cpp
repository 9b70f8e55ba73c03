#include "checker/core/json.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>

#include "checker/kernel/defect.hpp"

// JSON read strictly (RFC 8259). nlohmann::json finds the pieces; what it would forgive is refused here: a key twice, a
// byte order mark, NUL, depth. Numbers keep their text and become rationals on demand, so that no double stands between
// a file and its meaning.

namespace attest::checker {

Json::Json(Kind kind) : kind_(kind) {
    if (kind >= Kind::array) body_.reset(new List{{false}, {}, {}, {}});
    else if (kind >= Kind::number) body_.reset(new Text{{true}, {}});
}

Json Json::boolean(bool value) {
    Json json(Kind::boolean);
    json.small_ = value ? 1 : 0;
    return json;
}

Json Json::integer(std::int64_t value) {
    Json json(Kind::integer);
    json.small_ = value;
    return json;
}

Json Json::text(Kind kind, std::string text) {
    Json json(kind);
    json.of<Text>().text = std::move(text);
    return json;
}

void Json::Discard::operator()(Body* body) const {
    if (body->is_text) delete static_cast<Text*>(body);
    else delete static_cast<List*>(body);
}

void Json::refuse_kind() const {
    throw Defect("", std::string(name_of(kind_)) + " was found, of another kind than expected");
}

std::uint64_t Json::bytes() const {
    if (!body_) return 2 * sizeof(Json);
    return 2 * sizeof(Json) + 16 + (body_->is_text ? sizeof(Text) + text().capacity() : sizeof(List));
}

const std::string* Json::seal() {
    constexpr std::size_t few = 16;
    const std::vector<Member>& all = members();
    if (all.size() <= few) {
        for (std::size_t k = 1; k < all.size(); ++k)
            for (std::size_t m = 0; m < k; ++m)
                if (all[m].first == all[k].first) return &all[k].first;
        return nullptr;
    }
    std::vector<std::uint32_t>& by_key = of<List>().by_key;
    by_key.resize(all.size());
    std::iota(by_key.begin(), by_key.end(), 0);
    std::sort(by_key.begin(), by_key.end(),
              [&](std::uint32_t a, std::uint32_t b) { return all[a].first < all[b].first; });
    const auto twice = std::adjacent_find(
        by_key.begin(), by_key.end(), [&](std::uint32_t a, std::uint32_t b) { return all[a].first == all[b].first; });
    return twice == by_key.end() ? nullptr : &all[*twice].first;
}

const Json* Json::find(std::string_view key) const {
    if (const std::vector<std::uint32_t>& by_key = of<List>().by_key; !by_key.empty()) {
        const auto found =
            std::lower_bound(by_key.begin(), by_key.end(), key,
                             [&](std::uint32_t k, std::string_view wanted) { return members()[k].first < wanted; });
        return found != by_key.end() && members()[*found].first == key ? &members()[*found].second : nullptr;
    }
    for (const Member& member : members())
        if (member.first == key) return &member.second;
    return nullptr;
}

Rational Json::rational() const {
    return kind_ == Kind::integer ? decimal(std::to_string(small_)) : json_number(text());
}

const char* name_of(Json::Kind kind) {
    constexpr const char* names[] = {"null",     "true or false", "an integer", "a number",
                                     "a string", "an array",      "an object"};
    return names[static_cast<std::size_t>(kind)];
}

namespace {

// long double, so that no literal with an exponent that `decimal` takes is "out of range" before it is seen.
using Reader = nlohmann::basic_json<std::map, std::vector, std::string, bool, std::int64_t, std::uint64_t, long double>;

/// The bytes of a document, each of which is a step.
class Metered {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Metered(const char* at, Budget& budget) : at_(at), budget_(&budget) {}
    reference operator*() const { return *at_; }
    Metered& operator++() {
        constexpr std::uint32_t often = 256;
        if (++since_ == often) budget_->step(often), since_ = 0;
        ++at_;
        return *this;
    }
    Metered operator++(int) {
        const Metered before = *this;
        ++*this;
        return before;
    }
    bool operator==(const Metered& other) const { return at_ == other.at_; }
    bool operator!=(const Metered& other) const { return at_ != other.at_; }

  private:
    const char* at_;
    Budget* budget_;
    std::uint32_t since_ = 0;
};

class Builder : public nlohmann::json_sax<Reader> {
  public:
    Builder(const std::string& file, Budget& budget) : file_(file), budget_(budget) {}

    Json take() { return std::move(root_); }

    bool null() override { return add(Json()); }
    bool boolean(bool value) override { return add(Json::boolean(value)); }
    bool number_integer(std::int64_t value) override { return add(Json::integer(value)); }
    bool number_unsigned(std::uint64_t value) override {
        if (value <= static_cast<std::uint64_t>(INT64_MAX)) return add(Json::integer(static_cast<std::int64_t>(value)));
        return add(Json::text(Json::Kind::number, std::to_string(value)));
    }
    bool number_float(long double, const std::string& text) override {
        return add(Json::text(Json::Kind::number, text));
    }
    bool string(std::string& text) override { return add(Json::text(Json::Kind::string, text)); }
    bool binary(Reader::binary_t&) override { return fail("binary data"); }

    bool start_object(std::size_t) override { return open(Json::Kind::object); }
    bool key(std::string& key) override {
        budget_.memory(224 + 2 * key.size());
        open_.back().key = key;
        return true;
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Json::Kind::array); }
    bool end_array() override { return close(); }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& error) override {
        throw Defect(file_ + " byte " + std::to_string(position), std::string("not JSON: ") + error.what());
    }

  private:
    struct Open {
        Json json;
        std::string key;
    };

    bool fail(const std::string& reason) { throw Defect(file_, reason); }

    /// What a value takes beside its text: a leaf within a list twice its size, since lists grow by halves.
    bool add(Json json) {
        budget_.step(16);
        budget_.memory(json.bytes());
        if (open_.empty()) {
            root_ = std::move(json);
        } else if (open_.back().json.is(Json::Kind::array)) {
            std::vector<Json>& items = open_.back().json.items();
            if (items.empty()) items.reserve(2);
            items.push_back(std::move(json));
        } else {
            std::vector<Json::Member>& members = open_.back().json.members();
            if (members.empty()) members.reserve(4);
            members.emplace_back(std::move(open_.back().key), std::move(json));
        }
        return true;
    }

    bool open(Json::Kind kind) {
        if (open_.size() == 64) return fail("nested deeper than 64");
        open_.push_back({Json(kind), {}});
        return true;
    }

    bool close() {
        Json done = std::move(open_.back().json);
        open_.pop_back();
        if (done.is(Json::Kind::object))
            if (const std::string* twice = done.seal())
                return fail("the key \"" + *twice + "\" appears twice in one object");
        return add(std::move(done));
    }

    const std::string& file_;
    Budget& budget_;
    Json root_;
    std::vector<Open> open_;
};

}  // namespace

Json parse_json(std::string_view bytes, const std::string& file, Budget& budget) {
    // The reader takes NUL for the end of the document and skips a byte order mark; both would hide bytes.
    if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos)
        throw Defect(file + " byte " + std::to_string(nul), "a NUL byte");
    if (bytes.starts_with("\xef\xbb\xbf")) throw Defect(file + " byte 0", "a byte order mark");
    Builder builder(file, budget);
    const char* const end = bytes.data() + bytes.size();
    if (!Reader::sax_parse(Metered(bytes.data(), budget), Metered(end, budget), &builder))
        throw Defect(file, "not JSON");
    return builder.take();
}

}  // namespace attest::checker
