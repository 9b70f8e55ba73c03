#include "attest/base/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::base {

namespace {

// long double: so that a number is refused for its size only far beyond what anyone writes; its value is not used.
using Reader = nlohmann::basic_json<std::map, std::vector, std::string, bool, std::int64_t, std::uint64_t, long double>;

constexpr std::size_t deepest = 64;

/// `line:column` (in bytes, from 1) of an offset.
std::string line_and_column(std::string_view text, std::size_t offset) {
    offset = std::min(offset, text.size());
    const std::string_view before = text.substr(0, offset);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t last = before.rfind('\n');
    const std::size_t column = last == std::string_view::npos ? offset : offset - last - 1;
    return fmt::format("{}:{}", line, std::max<std::size_t>(column, 1));
}

/// Builds the tree from the library's events, so that digits and repeated keys are seen.
class TreeBuilder : public nlohmann::json_sax<Reader> {
  public:
    TreeBuilder(std::string_view text, const std::string& name) : text_(text), name_(name) {}

    bool null() override { return put(Json{}); }
    bool boolean(bool b) override { return put(Json{b}); }
    bool number_integer(std::int64_t n) override { return put(Json{Json::Number{std::to_string(n)}}); }
    bool number_unsigned(std::uint64_t n) override { return put(Json{Json::Number{std::to_string(n)}}); }
    bool number_float(long double, const std::string& written) override {
        // The library writes the decimal point as the locale does.
        std::string digits = written;
        for (char& c : digits)
            if ((c < '0' || c > '9') && c != '-' && c != '+' && c != 'e' && c != 'E') c = '.';
        return put(Json{Json::Number{std::move(digits)}});
    }
    bool string(std::string& s) override { return put(Json{std::move(s)}); }
    bool binary(Reader::binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Json{Json::Object{}}); }
    bool start_array(std::size_t) override { return open(Json{Json::Array{}}); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(std::string& k) override {
        if (!keys_.back().insert(k).second)
            throw InputError(place(), "each key once", fmt::format("the key \"{}\" twice", printable(k)));
        pending_ = std::move(k);
        return true;
    }
    bool parse_error(std::size_t position, const std::string& last, const nlohmann::json::exception& e) override {
        std::string what = e.what();
        if (e.id == 406)
            throw InputError(fmt::format("{}:{}", name_, line_and_column(text_, position)), "a number of a sane size",
                             printable(last, 40));
        // The library's message ends in the part that says what was wrong.
        if (const auto at = what.find(": ", what.find("column")); at != std::string::npos) what = what.substr(at + 2);
        if (position > text_.size() || text_.find_first_not_of(" \t\r\n") == std::string_view::npos)
            what = text_.empty() ? "the file is empty" : "the document ends too early";
        throw InputError(fmt::format("{}:{}", name_, line_and_column(text_, position)), "JSON", printable(what, 160));
    }

    Json take() { return std::move(root_); }

  private:
    /// `FILE:layers[0].attention` of the innermost open container.
    std::string place() const {
        std::string path;
        for (std::size_t k = 1; k < open_.size(); ++k) {
            if (open_[k - 1].is_array()) path += fmt::format("[{}]", std::get<Json::Array>(open_[k - 1].value_).size());
            else path += (path.empty() ? "" : ".") + printable(names_[k], 40);
        }
        return path.empty() ? name_ : name_ + ":" + path;
    }
    bool put(Json value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (open_.back().is_array()) {
            std::get<Json::Array>(open_.back().value_).push_back(std::move(value));
        } else {
            std::get<Json::Object>(open_.back().value_).push_back({std::move(pending_), std::move(value)});
        }
        return true;
    }
    bool open(Json value) {
        if (open_.size() == deepest)
            throw InputError(name_, fmt::format("nesting of at most {} levels", deepest), "more");
        names_.push_back(std::move(pending_));
        pending_.clear();
        open_.push_back(std::move(value));
        keys_.emplace_back();
        return true;
    }
    bool close() {
        Json value = std::move(open_.back());
        open_.pop_back();
        keys_.pop_back();
        pending_ = std::move(names_.back());
        names_.pop_back();
        return put(std::move(value));
    }

    std::string_view text_;
    const std::string& name_;
    Json root_;
    std::vector<Json> open_;
    std::vector<std::unordered_set<std::string>> keys_;
    std::vector<std::string> names_;  // the key under which each open container will stand
    std::string pending_;
};

/// What the library lets pass: it skips a byte order mark, and takes a byte 0 for the end of the text.
void refuse_unseen_bytes(std::string_view text, const std::string& name) {
    if (text.substr(0, 3) == "\xEF\xBB\xBF") throw InputError(name + ":1:1", "JSON", "a byte order mark");
    if (const std::size_t at = text.find('\0'); at != std::string_view::npos)
        throw InputError(fmt::format("{}:{}", name, line_and_column(text, at + 1)), "JSON", "a byte 0");
}

}  // namespace

Json Json::parse(std::string_view text, const std::string& name) {
    refuse_unseen_bytes(text, name);
    TreeBuilder builder(text, name);
    try {
        Reader::sax_parse(text.begin(), text.end(), &builder);
    } catch (const nlohmann::json::exception& e) {
        throw InputError(name, "JSON", printable(e.what(), 160));
    }
    return builder.take();
}

std::string Json::describe() const {
    struct Describer {
        std::string operator()(std::monostate) const { return "null"; }
        std::string operator()(bool b) const { return b ? "true" : "false"; }
        std::string operator()(const Number& n) const { return "the number " + printable(n.text, 40); }
        std::string operator()(const std::string& s) const {
            return fmt::format("the string \"{}\"", printable(s, 60));
        }
        std::string operator()(const Array& a) const { return fmt::format("a list of {}", a.size()); }
        std::string operator()(const Object& o) const { return o.empty() ? "an empty object" : "an object"; }
    };
    return std::visit(Describer{}, value_);
}

void JsonNode::fail(const std::string& expected) const { fail(expected, value_->describe()); }

void JsonNode::fail(const std::string& expected, const std::string& found) const {
    throw InputError(where(), expected, found);
}

bool JsonNode::as_bool() const {
    if (!value_->is_bool()) fail("true or false");
    return std::get<bool>(value_->value_);
}

const std::string& JsonNode::as_string() const {
    if (!value_->is_string()) fail("a string");
    return std::get<std::string>(value_->value_);
}

std::int64_t JsonNode::as_integer(std::int64_t least, std::int64_t greatest) const {
    const std::string expected = fmt::format("a whole number from {} to {}", least, greatest);
    if (!value_->is_number()) fail(expected);
    const std::string& digits = std::get<Json::Number>(value_->value_).text;
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    if (error != std::errc() || end != digits.data() + digits.size() || n < least || n > greatest) fail(expected);
    return n;
}

std::size_t JsonNode::size() const {
    if (!value_->is_array()) fail("a list");
    return std::get<Json::Array>(value_->value_).size();
}

std::vector<JsonNode> JsonNode::elements() const {
    std::vector<JsonNode> nodes;
    nodes.reserve(size());
    for (const Json& element : std::get<Json::Array>(value_->value_))
        nodes.push_back(JsonNode(element, file_, fmt::format("{}[{}]", path_, nodes.size())));
    return nodes;
}

const Json::Object& JsonNode::object() const {
    if (!value_->is_object()) fail("an object");
    return std::get<Json::Object>(value_->value_);
}

std::vector<std::pair<std::string, JsonNode>> JsonNode::members() const {
    std::vector<std::pair<std::string, JsonNode>> nodes;
    for (const auto& [key, member] : object())
        nodes.emplace_back(key, JsonNode(member, file_, (path_.empty() ? "" : path_ + ".") + printable(key, 40)));
    return nodes;
}

void JsonNode::allow_keys(const std::vector<std::string>& keys) const {
    for (const auto& [key, member] : object()) {
        if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
        const std::string near = nearest(key, keys);
        fail(near.empty() ? fmt::format("one of the keys {}", fmt::join(keys, ", "))
                          : fmt::format("a known key (perhaps \"{}\")", near),
             fmt::format("the unknown key \"{}\"", printable(key, 40)));
    }
}

bool JsonNode::has(std::string_view key) const {
    return std::any_of(object().begin(), object().end(), [&](const auto& member) { return member.key == key; });
}

JsonNode JsonNode::at(const std::string& key) const {
    for (const auto& [name, member] : object())
        if (name == key) return JsonNode(member, file_, (path_.empty() ? "" : path_ + ".") + printable(key, 40));
    fail(fmt::format("the key \"{}\"", key), object().empty() ? "an empty object" : "none");
}

}  // namespace attest::base
