#include "checker/network/readout_reader.hpp"

#include <set>

#include "checker/core/text.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/layer_reader.hpp"

// MODEL.md, sections 8 and 9.7: where the last vectors are read and how a number, or a class, becomes an answer.

namespace attest::checker {
namespace {

constexpr std::int64_t most_readout_position = 1'000'000'000;

void read_readout_position(const Cursor& at, int version, Readout& readout) {
    using Where = Readout::Where;
    if (at.is(Json::Kind::string)) {
        if (version >= 2 && at.string() == "mean") readout.where = Where::mean;
        else if (version >= 2 && at.string() == "sum") readout.where = Where::sum;
        else if (version >= 2 && at.string() == "each") readout.where = Where::each;
        else readout.position = choose<long>(at, {{"first", 1}, {"last", -1}});
        return;
    }
    readout.position = at.integer(-most_readout_position, most_readout_position);
    if (readout.position == 0) at.fail("positions count from 1, or from -1 backwards");
}

std::vector<std::string> read_names(const Cursor& at) {
    std::vector<std::string> names;
    std::set<std::string> seen;
    for (std::size_t k = 0; k < at.size(); ++k) {
        names.push_back(at.item(k).string());
        if (!seen.insert(names.back()).second) at.item(k).fail("the class is listed twice");
    }
    return names;
}

void read_accepted(const Cursor& at, Readout& readout) {
    const std::vector<std::string> names = read_names(at);
    readout.accepted.assign(readout.classes.size(), false);
    const auto numbers = numbers_by_symbol(readout.classes);
    for (std::size_t k = 0; k < names.size(); ++k) {
        const auto found = numbers.find(names[k]);
        if (found == numbers.end()) at.item(k).fail("it is not one of the classes");
        readout.accepted[found->second] = true;
    }
    if (names.empty() || names.size() == readout.classes.size()) at.fail("some classes are accepted, and some are not");
}

void read_classes(const Cursor& at, const ArrayReader& arrays, std::size_t dimension, Budget& budget,
                  Readout& readout) {
    at.only({"position", "weight", "bias", "classes", "accept"});
    readout.classes = read_names(at.at("classes"));
    const std::size_t count = readout.classes.size();
    if (count == 0) at.at("classes").fail("at least one class was expected");
    readout.weight = arrays.matrix(at.at("weight"), dimension);
    if (readout.weight.rows.size() != count)
        at.at("weight").fail(std::to_string(count) + " rows were expected, one a class");
    budget.memory(256, count);
    readout.bias.assign(count, Expression(0));
    if (const auto bias = at.find("bias")) {
        const KeptVector numbers = arrays.vector(*bias, count);
        for (std::size_t k = 0; k < count; ++k) readout.bias[k] = Expression(numbers[k].rational());
    }
    const auto accept = at.find("accept");
    if (accept && readout.where == Readout::Where::each) accept->fail("a class at each position accepts nothing");
    if (accept) read_accepted(*accept, readout);
}

/// A number, in version 2 also an expression. A text that is a number stays one, since expressions have limits of their own.
Expression read_bias(const Cursor& at, const ArrayReader& arrays, Budget& budget) {
    if (arrays.version() >= 2 && at.is(Json::Kind::string)) {
        try {
            return Expression(arrays.number(at));
        } catch (const Defect&) {
            return read_expression(at, arrays, {"n"}, budget);
        }
    }
    return Expression(arrays.number(at));
}

}  // namespace

Readout read_readout(const Cursor& at, const ArrayReader& arrays, std::size_t dimension, Budget& budget) {
    Readout readout;
    const bool has_classes = arrays.version() >= 2 && at.has("classes");
    if (!has_classes) at.only({"position", "weight", "bias"});
    read_readout_position(at.at("position"), arrays.version(), readout);
    if (has_classes) {
        read_classes(at, arrays, dimension, budget, readout);
        return readout;
    }
    if (readout.where == Readout::Where::each) at.at("position").fail("a class at each position needs classes");
    const KeptVector weight = arrays.vector(at.at("weight"), dimension);
    readout.weight.columns = dimension;
    auto& row = readout.weight.rows.emplace_back();
    for (std::size_t c = 0; c < dimension; ++c)
        if (!weight[c].is_zero()) row.push_back({c, weight[c]});
    readout.bias.push_back(read_bias(at.at("bias"), arrays, budget));
    return readout;
}

}  // namespace attest::checker
