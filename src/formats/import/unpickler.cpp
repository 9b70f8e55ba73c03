#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstring>
#include <optional>
#include <unordered_map>

#include "attest/base/error.hpp"
#include "bytes.hpp"
#include "opcodes.hpp"
#include "pickle.hpp"

// A pickle is a program for a machine with a stack and a memo. Python's machine calls what the program names; this one
// only writes down that it would: GLOBAL pushes a name, REDUCE and NEWOBJ push a record of the name and its arguments,
// BUILD and SETITEMS keep in a record what they would give to it.

namespace attest::formats::import {

namespace {

using Kind = PickleValue::Kind;

constexpr std::uint64_t most_values = 1'000'000;

class Unpickler {
  public:
    Unpickler(std::string_view bytes, const std::string& where, std::uint64_t at) : cursor_(bytes, where, at) {}

    Pickle run() {
        while (step()) continue;
        pickle_.end = cursor_.offset();
        return std::move(pickle_);
    }

  private:
    [[noreturn]] void fail(const std::string& expected, const std::string& found) const {
        throw base::InputError(cursor_.place(started_), expected, found);
    }

    PickleId make(PickleValue value) {
        if (pickle_.values.size() >= most_values) fail(fmt::format("at most {} values", most_values), "more");
        pickle_.values.push_back(std::move(value));
        return static_cast<PickleId>(pickle_.values.size() - 1);
    }
    void push(PickleId id) { stack_.push_back(id); }
    void push_new(Kind kind) { push(make({.kind = kind})); }
    void push_integer(std::int64_t integer, Kind kind = Kind::integer) {
        push(make({.kind = kind, .integer = integer}));
    }
    void push_text(std::string_view text, Kind kind) { push(make({.kind = kind, .text = std::string(text)})); }

    PickleId pop() {
        if (stack_.size() <= (marks_.empty() ? 0 : marks_.back())) fail("a value on the stack", "none");
        const PickleId id = stack_.back();
        stack_.pop_back();
        return id;
    }
    PickleValue& top() {
        const PickleId id = pop();
        push(id);
        return pickle_.values[id];
    }
    std::vector<PickleId> pop_to_mark() {
        if (marks_.empty()) fail("a mark on the stack", "none");
        const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
        std::vector<PickleId> items(first, stack_.end());
        stack_.erase(first, stack_.end());
        marks_.pop_back();
        return items;
    }
    std::vector<PickleId> pop_last(std::size_t count) {
        std::vector<PickleId> items(count);
        for (std::size_t k = count; k-- > 0;) items[k] = pop();
        return items;
    }

    void tuple(std::vector<PickleId> items) { push(make({.kind = Kind::tuple, .items = std::move(items)})); }

    void store(std::uint64_t key) {
        if (key >= most_values) fail(fmt::format("a memo number below {}", most_values), std::to_string(key));
        memo_[key] = stack_.empty() ? pop() : stack_.back();
    }
    void recall(std::uint64_t key) {
        const auto found = memo_.find(key);
        if (found == memo_.end()) fail("a value that was stored in the memo", fmt::format("the number {}", key));
        push(found->second);
    }

    void unicode(std::uint64_t size) {
        const std::string_view text = cursor_.take(size, "a text");
        if (!is_text(text)) fail("a text in UTF-8", "other bytes");
        push_text(text, Kind::text);
    }
    /// What Python 2 wrote: its names are such strings, too.
    void old_string(std::uint64_t size) {
        const std::string_view text = cursor_.take(size, "a string");
        push_text(text, is_text(text) ? Kind::text : Kind::bytes);
    }
    void long_integer(std::uint64_t size) {
        const std::string_view bytes = cursor_.take(size, "an integer");
        if (bytes.size() > 8) return push_text(bytes, Kind::long_integer);
        const bool negative = !bytes.empty() && (static_cast<unsigned char>(bytes.back()) & 0x80) != 0;
        std::uint64_t value = little_endian(bytes);
        if (negative && bytes.size() < 8) value |= ~std::uint64_t{0} << (8 * bytes.size());
        push_integer(static_cast<std::int64_t>(value));
    }
    void real() {
        std::array<char, 8> reversed{};
        const std::string_view bytes = cursor_.take(8, "a number");
        for (std::size_t k = 0; k < 8; ++k) reversed[k] = bytes[7 - k];
        push(make({.kind = Kind::real, .real = std::bit_cast<double>(little_endian({reversed.data(), 8}))}));
    }

    void global(std::string_view module, std::string_view name) {
        if (!is_text(module) || !is_text(name)) fail("a name in UTF-8", "other bytes");
        push_text(fmt::format("{}.{}", module, name), Kind::global);
    }
    void stack_global() {
        const std::vector<PickleId> names = pop_last(2);
        const PickleValue &module = pickle_.at(names[0]), &name = pickle_.at(names[1]);
        if (module.kind != Kind::text || name.kind != Kind::text) fail("two names", describe(name));
        global(std::string(module.text), std::string(name.text));
    }

    /// The one thing that is data under its name; all else stays a record.
    void call() {
        const std::vector<PickleId> parts = pop_last(2);
        const PickleValue &callee = pickle_.at(parts[0]), &arguments = pickle_.at(parts[1]);
        if (callee.kind != Kind::global) fail("a name to call", describe(callee));
        if (arguments.kind != Kind::tuple) fail("a tuple of arguments", describe(arguments));
        if (callee.text == "collections.OrderedDict" && arguments.items.empty()) return push_new(Kind::dict);
        push(make({.kind = Kind::record, .text = callee.text, .items = {parts[1]}}));
    }
    void build() {
        const PickleId state = pop();
        PickleValue& object = top();
        if (object.kind != Kind::record && object.kind != Kind::dict) fail("an object to build", describe(object));
        object.state = {state};
    }

    void append(const std::vector<PickleId>& items) {
        PickleValue& object = top();
        if (object.kind != Kind::list && object.kind != Kind::record) fail("a list to append to", describe(object));
        auto& target = object.kind == Kind::list ? object.items : object.appended;
        target.insert(target.end(), items.begin(), items.end());
    }
    void set_items(const std::vector<PickleId>& items) {
        PickleValue& object = top();
        if (object.kind != Kind::dict && object.kind != Kind::record) fail("a dict to fill", describe(object));
        if (items.size() % 2 != 0) fail("keys with values", "a key without one");
        for (std::size_t k = 0; k < items.size(); k += 2) object.entries.emplace_back(items[k], items[k + 1]);
    }
    void add_items(const std::vector<PickleId>& items) {
        PickleValue& object = top();
        if (object.kind != Kind::set) fail("a set to fill", describe(object));
        object.items.insert(object.items.end(), items.begin(), items.end());
    }

    bool step() {
        started_ = cursor_.offset();
        const auto byte = static_cast<std::uint8_t>(cursor_.number(1, "an operation"));
        const auto opcode = static_cast<Opcode>(byte);
        if (opcode == Opcode::stop) return pickle_.root = pop(), false;
        if (!constant(opcode) && !text(opcode) && !container(opcode) && !memo(opcode) && !object(opcode))
            fail("an operation that torch.save uses",
                 opcode_name(byte).empty() ? fmt::format("the byte 0x{:02x}", byte) : std::string(opcode_name(byte)));
        return true;
    }

    bool constant(Opcode opcode) {
        const auto number = [&](std::uint64_t size) { return cursor_.number(size, "a number"); };
        switch (opcode) {
            case Opcode::none: return push_new(Kind::none), true;
            case Opcode::newtrue: return push_integer(1, Kind::boolean), true;
            case Opcode::newfalse: return push_integer(0, Kind::boolean), true;
            case Opcode::binint: return push_integer(static_cast<std::int32_t>(number(4))), true;
            case Opcode::binint1: return push_integer(static_cast<std::int64_t>(number(1))), true;
            case Opcode::binint2: return push_integer(static_cast<std::int64_t>(number(2))), true;
            case Opcode::long1: return long_integer(number(1)), true;
            case Opcode::long4: return long_integer(number(4)), true;
            case Opcode::binfloat: return real(), true;
            default: return false;
        }
    }

    bool text(Opcode opcode) {
        const auto size = [&](std::uint64_t bytes) { return cursor_.number(bytes, "a size"); };
        switch (opcode) {
            case Opcode::short_binunicode: return unicode(size(1)), true;
            case Opcode::binunicode: return unicode(size(4)), true;
            case Opcode::binunicode8: return unicode(size(8)), true;
            case Opcode::short_binstring: return old_string(size(1)), true;
            case Opcode::binstring: return old_string(size(4)), true;
            case Opcode::short_binbytes: return push_text(cursor_.take(size(1), "bytes"), Kind::bytes), true;
            case Opcode::binbytes: return push_text(cursor_.take(size(4), "bytes"), Kind::bytes), true;
            default: return false;
        }
    }

    bool container(Opcode opcode) {
        switch (opcode) {
            case Opcode::mark: return marks_.push_back(stack_.size()), true;
            case Opcode::empty_tuple: return push_new(Kind::tuple), true;
            case Opcode::empty_list: return push_new(Kind::list), true;
            case Opcode::empty_dict: return push_new(Kind::dict), true;
            case Opcode::empty_set: return push_new(Kind::set), true;
            case Opcode::tuple: return tuple(pop_to_mark()), true;
            case Opcode::tuple1: return tuple(pop_last(1)), true;
            case Opcode::tuple2: return tuple(pop_last(2)), true;
            case Opcode::tuple3: return tuple(pop_last(3)), true;
            case Opcode::append: return append({pop()}), true;
            case Opcode::appends: return append(pop_to_mark()), true;
            case Opcode::setitem: return set_items(pop_last(2)), true;
            case Opcode::setitems: return set_items(pop_to_mark()), true;
            case Opcode::additems: return add_items(pop_to_mark()), true;
            default: return false;
        }
    }

    bool memo(Opcode opcode) {
        switch (opcode) {
            case Opcode::binput: return store(cursor_.number(1, "a memo number")), true;
            case Opcode::long_binput: return store(cursor_.number(4, "a memo number")), true;
            case Opcode::memoize: return store(memo_.size()), true;
            case Opcode::binget: return recall(cursor_.number(1, "a memo number")), true;
            case Opcode::long_binget: return recall(cursor_.number(4, "a memo number")), true;
            default: return false;
        }
    }

    bool object(Opcode opcode) {
        switch (opcode) {
            case Opcode::proto: return protocol(), true;
            case Opcode::frame: return (void)cursor_.number(8, "a size"), true;
            case Opcode::global: {
                const std::string_view module = cursor_.line("a name");
                return global(module, cursor_.line("a name")), true;
            }
            case Opcode::stack_global: return stack_global(), true;
            case Opcode::reduce:
            case Opcode::newobj: return call(), true;
            case Opcode::build: return build(), true;
            case Opcode::binpersid: return push(make({.kind = Kind::persistent, .items = pop_last(1)})), true;
            default: return false;
        }
    }

    void protocol() {
        const std::uint64_t version = cursor_.number(1, "a protocol");
        if (version < 2 || version > 5) fail("a protocol from 2 to 5", std::to_string(version));
    }

    Cursor cursor_;
    Pickle pickle_;
    std::uint64_t started_ = 0;  ///< where the operation that runs begins
    std::vector<PickleId> stack_;
    std::vector<std::size_t> marks_;  ///< sizes of the stack
    std::unordered_map<std::uint64_t, PickleId> memo_;
};

}  // namespace

Pickle read_pickle(std::string_view bytes, const std::string& where, std::uint64_t at) {
    return Unpickler(bytes, where, at).run();
}

}  // namespace attest::formats::import
