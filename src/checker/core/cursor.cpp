#include "checker/core/cursor.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// Reading with its place. All shapes of manifests and models are asked for here, so that a refusal always names the
// file and the path in it, and so that no reader forgets what the text says of keys: `only` refuses those that are not
// named.

namespace attest::checker {

void Cursor::only(std::initializer_list<std::string_view> keys) const { only(keys, {}); }

void Cursor::only(std::initializer_list<std::string_view> keys, std::initializer_list<std::string_view> more) const {
    if (!is(Json::Kind::object)) expected("an object");
    const auto holds = [](const auto& list, const std::string& key) {
        return std::find(list.begin(), list.end(), key) != list.end();
    };
    for (const Json::Member& member : json_->members())
        if (!holds(keys, member.first) && !holds(more, member.first)) fail("unknown key \"" + member.first + "\"");
}

Cursor Cursor::at(std::string_view key) const {
    if (auto found = find(key)) return std::move(*found);
    fail("the key \"" + std::string(key) + "\" is missing");
}

std::optional<Cursor> Cursor::find(std::string_view key) const {
    if (!is(Json::Kind::object)) expected("an object");
    const Json* found = json_->find(key);
    if (!found) return std::nullopt;
    std::string place;  // made in one piece: places are told of very many values
    place.reserve(place_.size() + 1 + key.size());
    place.append(place_);
    if (!place_.ends_with(": ")) place.push_back('.');
    return Cursor(*found, std::move(place.append(key)));
}

bool Cursor::has(std::string_view key) const {
    if (!is(Json::Kind::object)) expected("an object");
    return json_->find(key) != nullptr;
}

std::size_t Cursor::size() const {
    if (!is(Json::Kind::array)) expected("an array");
    return json_->items().size();
}

Cursor Cursor::item(std::size_t index) const {
    return Cursor(json_->items()[index], place_ + "[" + std::to_string(index) + "]");
}

const std::string& Cursor::string() const {
    if (!is(Json::Kind::string)) expected("a string");
    return json_->text();
}

bool Cursor::truth() const {
    if (!is(Json::Kind::boolean)) expected("true or false");
    return json_->truth();
}

std::int64_t Cursor::integer(std::int64_t least, std::int64_t most) const {
    if (!is(Json::Kind::integer)) expected("an integer");
    if (json_->small() < least || json_->small() > most)
        fail(std::to_string(json_->small()) + " is not between " + std::to_string(least) + " and " +
             std::to_string(most));
    return json_->small();
}

Rational Cursor::number() const {
    try {
        if (is(Json::Kind::string)) return quoted_number(json_->text());
        if (is(Json::Kind::integer) || is(Json::Kind::number)) return json_->rational();
    } catch (const Defect& defect) {
        fail(defect.what());
    }
    expected("a number");
}

void Cursor::fail(const std::string& reason) const { throw Defect(place_, reason); }

void Cursor::expected(const std::string& what) const {
    fail(what + " was expected, " + name_of(json_->kind()) + " was found");
}

}  // namespace attest::checker
