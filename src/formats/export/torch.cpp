#include "formats/export/torch.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"
#include "formats/pretty.hpp"

namespace attest::formats {

namespace {

using Json = nlohmann::ordered_json;

/// The nearest number of binary64; mpq_class cuts off.
double nearest(const exact::Rational& x) {
    const double cut = x.get_d();
    if (exact::Rational(cut) == x) return cut;
    const double beyond = std::nextafter(cut, x > 0 ? HUGE_VAL : -HUGE_VAL);
    if (!std::isfinite(beyond)) return cut;
    const exact::Rational below = abs(x - exact::Rational(cut)), above = abs(exact::Rational(beyond) - x);
    const bool is_even = (std::bit_cast<std::uint64_t>(cut) & 1U) == 0;
    return below < above || (below == above && is_even) ? cut : beyond;
}

class TorchWriter {
  public:
    explicit TorchWriter(const TorchOptions& options) : options_(options), random_(options.seed) {}

    TorchFiles write(const network::Transformer& transformer) {
        Json model = base::ordered_document_of(write_model(transformer));
        model["version"] = 2;
        Json named = Json::object();
        for (auto& [key, value] : model.items()) {
            named[key] = std::move(value);
            if (key == "alphabet") named["tensors"] = options_.tensor_file;
        }
        embed(transformer, named);
        if (transformer.position_table) table(transformer, named["position"]);
        for (const char* part : {"norm", "layers"})
            if (named.contains(part)) visit(named[part], part);
        readout(named["readout"]);
        files_.document = pretty(named) + "\n";
        files_.tensors = file();
        return std::move(files_);
    }

  private:
    struct Tensor {
        std::string name;
        std::vector<std::size_t> shape;
        std::size_t first;  ///< its numbers, in numbers_
    };

    /// Gives the reference to a tensor that is to be filled.
    Json add(const std::string& name, std::vector<std::size_t> shape) {
        std::size_t count = 1;
        for (const std::size_t size : shape) count *= size;
        tensors_.push_back({name, std::move(shape), numbers_.size()});
        if (count > options_.memory_bytes / 16 - std::min(numbers_.size(), options_.memory_bytes / 16))
            throw base::Unsupported(
                fmt::format("arrays of more than {} MiB with their zeros, and {} are allowed (--memory)",
                            options_.memory_bytes >> 21, options_.memory_bytes >> 20));
        numbers_.resize(numbers_.size() + count);
        return {{"tensor", name}};
    }
    void set(std::size_t index, const exact::Rational& x) {
        const double value = nearest(x);
        if (!std::isfinite(value)) throw base::Unsupported("a number beyond binary64");
        if (exact::Rational(value) != x) ++files_.rounded;
        numbers_[tensors_.back().first + index] = value;
    }

    static exact::Rational number(const Json& json) {
        if (json.is_number_integer()) return exact::Rational(base::json_text(json));
        exact::Rational x(json.get<std::string>());
        x.canonicalize();
        return x;
    }

    void embed(const network::Transformer& t, Json& model) {
        std::vector<std::pair<std::string, const exact::Vector*>> rows;
        for (std::size_t s = 0; s < t.alphabet.size(); ++s) rows.emplace_back(t.alphabet.symbols()[s], &t.embedding[s]);
        if (t.begin) rows.emplace_back(*t.begin, &t.begin_embedding);
        if (t.end) rows.emplace_back(*t.end, &t.end_embedding);
        Json matrix = add("embedding", {rows.size(), t.dimension}), names = Json::object();
        for (std::size_t r = 0; r < rows.size(); ++r) {
            names[rows[r].first] = r;
            for (std::size_t c = 0; c < t.dimension; ++c) set(r * t.dimension + c, (*rows[r].second)[c]);
        }
        model["embedding"] = {{"matrix", std::move(matrix)}, {"rows", std::move(names)}};
    }

    void table(const network::Transformer& t, Json& position) {
        const auto& rows = t.position_table->rows;
        if (rows.empty()) return;
        position["table"] = add("position", {rows.size(), t.dimension});
        for (std::size_t r = 0; r < rows.size(); ++r)
            for (std::size_t c = 0; c < t.dimension; ++c) set(r * t.dimension + c, rows[r][c]);
    }

    void readout(Json& node) {
        const bool is_one = !node.contains("classes");
        visit(node, "readout");
        if (!is_one || (node["bias"].is_string() && node["bias"].get<std::string>().find('n') != std::string::npos))
            return;
        const exact::Rational bias = number(node["bias"]);
        node["bias"] = add("readout.bias", {1});
        set(0, bias);
    }

    /// Matrices, biases and gains anywhere below become tensors.
    void visit(Json& node, const std::string& name) {
        if (is_rows(node)) return full_matrix(node, name);
        if (node.is_array()) {
            for (std::size_t k = 0; k < node.size(); ++k) visit(node[k], fmt::format("{}.{}", name, k));
            return;
        }
        if (!node.is_object()) return;
        if (node.contains("entries")) return matrix(node, name);
        for (auto& [key, value] : node.items()) {
            const std::string below = name + "." + key;
            if (value.is_array() && !is_rows(value) && (key == "bias" || key == "gain" || key == "weight"))
                vector(value, below);
            else if (key != "classes" && key != "accept") visit(value, below);
        }
    }
    void vector(Json& node, const std::string& name) {
        const Json list = std::move(node);
        node = add(name, {list.size()});
        for (std::size_t k = 0; k < list.size(); ++k) set(k, number(list[k]));
    }
    /// A matrix that is written row by row.
    static bool is_rows(const Json& node) { return node.is_array() && !node.empty() && node.front().is_array(); }
    void full_matrix(Json& node, const std::string& name) {
        const Json rows = std::move(node);
        const std::size_t columns = rows.front().size();
        node = add(name, {rows.size(), columns});
        for (std::size_t r = 0; r < rows.size(); ++r)
            for (std::size_t c = 0; c < columns; ++c) set(r * columns + c, number(rows[r][c]));
    }
    void matrix(Json& node, const std::string& name) {
        const auto rows = node["rows"].get<std::size_t>(), columns = node["cols"].get<std::size_t>();
        if (rows == 0 || columns == 0) return;  // a document says that shorter
        const Json entries = std::move(node["entries"]);
        node = add(name, {rows, columns});
        for (const Json& entry : entries)
            set(entry[0].get<std::size_t>() * columns + entry[1].get<std::size_t>(), number(entry[2]));
    }

    /// Uniform in [-perturb, perturb], in steps of binary64 that are the same everywhere.
    double moved(double x) {
        if (options_.perturb == 0) return x;
        const double unit =
            static_cast<double>(static_cast<std::int64_t>(random_.bits() >> 11) - (std::int64_t{1} << 52)) /
            static_cast<double>(std::int64_t{1} << 52);
        return x + options_.perturb * unit;
    }

    std::string file() {
        Json header = Json::object();
        for (std::size_t t = 0; t < tensors_.size(); ++t) {
            const std::size_t last = t + 1 < tensors_.size() ? tensors_[t + 1].first : numbers_.size();
            header[tensors_[t].name] = {
                {"dtype", "F64"}, {"shape", tensors_[t].shape}, {"data_offsets", {8 * tensors_[t].first, 8 * last}}};
        }
        std::string text = base::json_text(header);
        text.append((8 - text.size() % 8) % 8, ' ');
        std::string bytes;
        const auto append = [&](std::uint64_t word) {
            for (unsigned k = 0; k < 8; ++k) bytes += static_cast<char>(word >> (8 * k) & 0xffU);
        };
        append(text.size());
        bytes += text;
        bytes.reserve(bytes.size() + 8 * numbers_.size());
        for (const double x : numbers_) append(std::bit_cast<std::uint64_t>(moved(x)));
        files_.numbers = numbers_.size();
        return bytes;
    }

    const TorchOptions& options_;
    base::Random random_;
    std::vector<Tensor> tensors_;
    std::vector<double> numbers_;
    TorchFiles files_;
};

}  // namespace

TorchFiles write_torch(const network::Transformer& transformer, const TorchOptions& options) {
    return TorchWriter(options).write(transformer);
}

}  // namespace attest::formats
