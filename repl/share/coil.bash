# Completion of the coil command in bash.
_coil() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} i
    # Behind the program stand its own arguments: files are the best guess.
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            -c | -m) ((i + 1 < COMP_CWORD)) && { COMPREPLY=($(compgen -f -- "$word")); return; } ;;
            -W | -X | --color | --memory | --time | --max-instructions | --allow)
                [[ ${COMP_WORDS[i + 1]} == "=" ]] || ((i++)) ;;
            =) ((i++)) ;;
            -*) ;;
            *) COMPREPLY=($(compgen -f -- "$word")); return ;;
        esac
    done
    # The shell makes words of "--color=al" and "read=di": the option, "=", the rest.
    if [[ $word == "=" ]]; then
        word=""
    elif [[ $previous == "=" ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case $previous in
        -c | --memory | --time | --max-instructions) COMPREPLY=(); return ;;
        -m)
            COMPREPLY=($(compgen -W "$(compgen -f -- "$word" | sed -n 's/\.py$//p; /\/__main__$/p')" -- "$word"))
            return ;;
        --color) COMPREPLY=($(compgen -W "always never auto" -- "$word")); return ;;
        -W) COMPREPLY=($(compgen -W "default error ignore always module once" -- "$word")); return ;;
        -X) COMPREPLY=($(compgen -W "virtual-time poll tasks dev utf8 int_max_str_digits=" -- "$word")); return ;;
        --allow)
            COMPREPLY=($(compgen -W "read= write= net env run clock random threads" -- "$word"))
            [[ ${COMPREPLY[*]} == *= ]] && compopt -o nospace
            return ;;
        read | write) COMPREPLY=($(compgen -d -S / -- "$word")); return ;;
    esac
    if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "-b -B -c -E -h -i -I -m -O -OO -P -q -u -V -W -X --color --memory --time --max-instructions --sandbox --allow
            --check --tokens --ast --dis --help --version" -- "$word"))
    else
        COMPREPLY=($(compgen -d -S / -- "$word") $(compgen -f -X '!*.py' -- "$word"))
    fi
}
complete -o filenames -o nospace -F _coil coil
