/** What `init` and `import` write where only a person knows the value. A file that still has it is refused. */
export const placeholder = 'replace-me';

/** Of a secret: the name of its SSM parameter. */
export const placeholderSecret = `/chaos-monkey/probes/${placeholder}`;

/** Of a URL. Names under `.invalid` never resolve. Source: RFC 2606, section 2. */
export const placeholderHost = `${placeholder}.example.invalid`;
